import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Lays out a project in `folder` that is the one at `root`, with a copy of one folder of its own that may be written to.
 * @param copied that folder, relative to the root
 */
export function overlayProject(root: string, folder: string, copied: string): void {
  const [first = '', ...rest] = copied.split('/')
  mkdirSync(folder, { recursive: true })
  for (const entry of readdirSync(root)) {
    if (entry !== first && !hidden.has(entry)) symlinkSync(join(root, entry), join(folder, entry))
  }
  if (rest.length > 0) overlayProject(join(root, first), join(folder, first), rest.join('/'))
  else cpSync(join(root, first), join(folder, first), { recursive: true })
}

// What a run writes must not be written into the real project.
const hidden = new Set(['.git', '.phaseproof', 'reports'])
