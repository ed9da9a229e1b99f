import type { Command } from 'commander'
import { abortWhenAskedToEnd } from '../../ground/signals.ts'
import { parsePostgresChoice } from '../../postgres/parse-choice.ts'
import { type BackupVerdict, verifyBackup } from '../../stories/verify-backup.ts'
import { lineProgress } from '../../vitest/line-progress.ts'
import type { ExitCode } from '../exit-code.ts'
import { toPostgresOption } from '../postgres-option.ts'

interface VerifyFlags {
  readonly url?: string
  readonly snapshot?: string
  readonly postgres: string
  readonly json?: true
}

/** `backup verify <dump>`: restores a backup into a server that is thrown away and says whether it is what it claims to be. */
export function registerBackup(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('backup')
    .description('Look after backups.')
    .command('verify')
    .description('Restore a dump (plain, gzip, custom, directory, tar) and compare it with its database.')
    .argument('<dump>', 'file or folder that pg_dump wrote')
    .option('--url <url>', 'the database that it claims to be of, which is only read')
    .option('--snapshot <folder>', 'a snapshot of that database instead')
    .addOption(toPostgresOption('server to restore into'))
    .option('--json', 'print the verdict as JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 it can be restored and is equal, 1 it cannot or it differs, 2 wrong usage, 3 could not decide.',
    )
    .action(async (dump: string, { url, snapshot, postgres, json }: VerifyFlags) => {
      const verdict = await verifyBackup({
        dump,
        ...(url !== undefined && { url }),
        ...(snapshot !== undefined && { snapshot }),
        postgres: parsePostgresChoice(postgres),
        progress: lineProgress,
        signal: abortWhenAskedToEnd(),
      })
      process.stdout.write(json ? `${JSON.stringify(verdict, null, 2)}\n` : render(verdict))
      finish(verdict.faults.length === 0 ? 0 : 1)
    })
}

function render({
  dump,
  format,
  version,
  tables,
  rows,
  comparedWith,
  faults,
  limits,
}: BackupVerdict): string {
  const by = version === null ? '' : ` of PostgreSQL ${version}`
  const good =
    comparedWith === null ? 'it can be restored' : `it can be restored and is equal to ${comparedWith}`
  return [
    `${dump}: ${format} format${by}, ${tables} tables, ${rows.toLocaleString('en-US')} rows`,
    ...faults.map((fault) => `  ✗ ${fault}`),
    ...limits.map((limit) => `  limit: ${limit}`),
    `${dump}: ${faults.length === 0 ? good : 'it cannot be relied on'}`,
    '',
  ].join('\n')
}
