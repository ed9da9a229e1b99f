import { HarnessError } from '../model/error.ts'
import { type FileChange, renderChanges, writeChanges } from '../stories/init/file-change.ts'
import { ask } from './ask.ts'

/**
 * Shows what would be written, asks a person unless told yes, and writes; false where everything is there already.
 * @throws usage when nobody agrees: then nothing is written
 */
export async function askToWrite(
  root: string,
  changes: readonly FileChange[],
  { yes, isShown = true }: { readonly yes: boolean; readonly isShown?: boolean },
): Promise<boolean> {
  if (changes.length === 0) {
    if (isShown) process.stderr.write('\n  Everything is there already.\n')
    return false
  }
  if (isShown) process.stderr.write(`\n${renderChanges(changes)}`)
  if (!yes && (await ask('Write them?', ['yes', 'no'])) !== 0) {
    const message = 'Nothing was written.'
    throw new HarnessError('usage', message, 'Run it with --yes to write these files.', { faults: [message] })
  }
  writeChanges(root, changes)
  process.stderr.write(`\n  written: ${changes.map(({ path }) => path).join(', ')}\n`)
  return true
}
