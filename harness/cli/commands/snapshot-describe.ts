import type { Command } from 'commander'
import { describeSnapshot } from '../../stories/describe-snapshot.ts'
import type { ExitCode } from '../exit-code.ts'

/** `snapshot describe <folder>`: what is in a snapshot, and what was done to each column. */
export function registerSnapshotDescribe(group: Command, finish: (code: ExitCode) => void): void {
  group
    .command('describe')
    .description('Show what is in a snapshot, what was done to each column, and why a column stayed.')
    .argument('<folder>', 'folder of the snapshot')
    .action(async (folder: string) => {
      process.stdout.write(await describeSnapshot(folder))
      finish(0)
    })
}
