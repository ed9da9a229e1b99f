import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Check, ok } from './check.ts'

/** Oldest Node that the harness runs on, as in `engines` of package.json. */
const oldestNode = [20, 19] as const
const spaceNeededBytes = 1024 ** 3

/** Is this Node new enough? */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return ok('Node', version)
  const remedy = `Take Node ${oldestNode.join('.')} or newer.`
  return { subject: 'Node', state: 'failed', found: version, remedy }
}

/** Folders that a run writes into: kept databases, reports, and what Vite unpacks a configuration to. */
const written = ['.phaseproof', 'reports', 'node_modules/.vite-temp']

/** May this account write where a run has to? */
export function checkFolders(root: string): readonly Check[] {
  const refused = written.filter((folder) => !mayWrite(join(root, folder)))
  if (refused.length === 0) return [ok('folders', `${written.join(', ')} can be written`)]
  return refused.map((folder) => ({
    subject: 'folders',
    state: 'failed' as const,
    found: `${folder} cannot be written in ${root}`,
    remedy: 'Give this account the right to write there, or run it in a copy of the repository.',
  }))
}

/** Is there room for databases? */
export async function checkDisk(root: string): Promise<Check> {
  const { bavail, bsize } = await statfs(root)
  const free = bavail * bsize
  const found = `${(free / 1024 ** 3).toFixed(1)} GiB free`
  if (free >= spaceNeededBytes) return ok('disk', found)
  const remedy = 'Each checkpoint is a copy of the database: make room first.'
  return { subject: 'disk', state: free < spaceNeededBytes / 4 ? 'failed' : 'warning', found, remedy }
}

/** The folder itself, or the nearest one above that is there. */
function mayWrite(folder: string): boolean {
  if (!existsSync(folder)) return dirname(folder) !== folder && mayWrite(dirname(folder))
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return statSync(folder).isDirectory()
  } catch {
    return false
  }
}
