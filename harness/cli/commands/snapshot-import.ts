import type { Command } from 'commander'
import { abortWhenAskedToEnd } from '../../ground/signals.ts'
import { parsePostgresChoice } from '../../postgres/parse-choice.ts'
import { importDump } from '../../stories/import-dump.ts'
import { KEY_VARIABLE, readMaskKey } from '../../stories/read-mask-key.ts'
import { lineProgress } from '../../vitest/line-progress.ts'
import type { ExitCode } from '../exit-code.ts'
import { toPostgresOption } from '../postgres-option.ts'

interface ImportFlags {
  readonly policy: string
  readonly out: string
  readonly keyFile?: string
  readonly canary?: string[]
  readonly takenAt?: string
  readonly postgres: string
}

/** `snapshot import <dump>`: makes a snapshot of a dump, through a server that is thrown away. */
export function registerSnapshotImport(group: Command, finish: (code: ExitCode) => void): void {
  group
    .command('import')
    .description('Make a snapshot of what pg_dump wrote (plain, gzip, custom, directory, tar).')
    .argument('<dump>', 'file or folder of the dump')
    .requiredOption('--policy <file>', 'policy.yaml to mask by')
    .requiredOption('--out <folder>', 'folder of the snapshot')
    .option('--key-file <file>', `file with the masking key, instead of ${KEY_VARIABLE}`)
    .option('--canary <value...>', 'a value planted in the source, which must not be in the snapshot')
    .option('--taken-at <instant>', 'when the dump was taken, ISO 8601; otherwise now')
    .addOption(toPostgresOption('server to restore into'))
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 something leaked or does not load, 2 wrong usage or policy, 3 could not be imported.',
    )
    .action(async (dump: string, flags: ImportFlags) => {
      const signal = abortWhenAskedToEnd()
      const { manifest } = await importDump({
        dump,
        policy: flags.policy,
        key: await readMaskKey(flags.keyFile),
        folder: flags.out,
        ...(flags.takenAt !== undefined && { takenAt: flags.takenAt }),
        postgres: parsePostgresChoice(flags.postgres),
        canaries: flags.canary ?? [],
        progress: lineProgress,
        signal,
      })
      lineProgress.step(`snapshot ${manifest.name}: proven free of the dump's values`)
      finish(0)
    })
}
