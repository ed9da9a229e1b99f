import { buffer } from 'node:stream/consumers'
import { runProgram } from '../ground/run-program.ts'
import type { ProofDetails } from '../model/statement.ts'

/** What a proof itself writes into a work tree. */
const written = [':!reports', ':!.phaseproof', ':!generated']

/** Reads the commit of the work tree that a folder lies in, and whether its files differ from it; null where there is no git or no commit. */
export async function readCommit(folder: string): Promise<ProofDetails['commit']> {
  try {
    const id = (await git(folder, 'rev-parse', '--verify', 'HEAD')).trim()
    const changes = await git(folder, 'status', '--porcelain', '--', '.', ...written)
    return { id, isDirty: changes !== '' }
  } catch {
    return null
  }
}

/** Lists the files of a work tree that git does not ignore, from the folder; null where there is no git. */
export async function listUnignored(folder: string): Promise<ReadonlySet<string> | null> {
  try {
    const listed = await git(folder, 'ls-files', '-z', '--cached', '--others', '--exclude-standard')
    return new Set(listed.split('\0'))
  } catch {
    return null
  }
}

async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  // Reading must not take the lock of the index from a person who commits meanwhile.
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' }
  const said = runProgram(['git', ...args], { env, cwd, toError: (text) => new Error(text) })
  return (await buffer(said)).toString('utf8')
}
