import { join } from 'node:path'
import type { Command } from 'commander'
import { untilAskedToEnd } from '../../ground/signals.ts'
import { HarnessError } from '../../model/error.ts'
import { withPostgres } from '../../postgres/start-postgres.ts'
import { lineProgress } from '../../vitest/line-progress.ts'
import type { ExitCode } from '../exit-code.ts'
import { findProjectRoot } from '../project-root.ts'

/** `open [database]`: starts the embedded server on its cache so that a person can look at a kept database. */
export function registerOpen(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('open')
    .description('Start the embedded server and print how to reach a kept database; ends with Ctrl-C.')
    .argument('[database]', 'name of a kept database; without it, all of them are listed')
    .action(async (database?: string) => {
      const cacheFolder = join(findProjectRoot(), '.phaseproof')
      await withPostgres('embedded', { cacheFolder, progress: lineProgress }, async (server) => {
        const kept = (await server.listDatabases()).filter(({ mark }) => mark.startsWith('kept '))
        const names = kept.map(({ name }) => name)
        if (database === undefined) {
          process.stdout.write(names.length === 0 ? 'No database was kept.\n' : `${names.join('\n')}\n`)
          return
        }
        if (!names.includes(database)) throw notKept(database, names)
        process.stdout.write(
          `psql '${server.connectionString(database)}'\nCtrl-C stops the server; the database stays for next time.\n`,
        )
        await untilAskedToEnd()
      })
      finish(0)
    })
}

function notKept(database: string, names: readonly string[]): HarnessError<'usage'> {
  const message = `There is no kept database ${database}; kept are: ${names.length === 0 ? 'none' : names.join(', ')}.`
  return new HarnessError(
    'usage',
    message,
    'A failed phase keeps its own; --keep keeps those of all phases.',
    { faults: [message] },
  )
}
