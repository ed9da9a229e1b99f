import type { Command } from 'commander'
import { redactUrl } from '../../ground/redact.ts'
import { type Verification, verifySnapshot } from '../../stories/verify-snapshot.ts'
import { lineProgress } from '../../vitest/line-progress.ts'
import type { ExitCode } from '../exit-code.ts'
import { toLoadServer } from '../load-option.ts'
import { toPostgresOption } from '../postgres-option.ts'

interface VerifyFlags {
  readonly against?: string
  readonly canary?: string[]
  readonly load?: boolean
  readonly postgres: string
}

/** `snapshot verify <folder>`: reads a snapshot back and says whether it can be trusted and whether anything leaked. */
export function registerSnapshotVerify(group: Command, finish: (code: ExitCode) => void): void {
  group
    .command('verify')
    .description('Check the digests of a snapshot, that it is sanitised, and that no identifier is in it.')
    .argument('<folder>', 'folder of the snapshot')
    .option('--against <url>', 'look for the raw values of this source, which is only read')
    .option('--canary <value...>', 'a planted value, which must not be in the snapshot')
    .option('--load', 'try that every row satisfies the schema, in a database that is dropped again')
    .addOption(toPostgresOption('with --load, the server to try it on'))
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing found, 1 something found or not as its manifest says, 2 wrong usage, 3 could not decide.',
    )
    .action(async (folder: string, flags: VerifyFlags) => {
      const verification = await verifySnapshot({
        folder,
        ...(flags.against !== undefined && {
          against: { url: flags.against, name: redactUrl(flags.against) },
        }),
        canaries: flags.canary ?? [],
        ...(flags.load && { loadServer: toLoadServer(flags.postgres) }),
        progress: lineProgress,
      })
      process.stdout.write(renderVerification(verification))
      finish(verification.passed ? 0 : 1)
    })
}

/** What was found, for a person. */
function renderVerification({ snapshot, passed, checks }: Verification): string {
  const lines = checks.flatMap((check) => [
    `  ${check.passed ? 'passed' : 'FAILED'}  ${check.name}: ${check.method}`,
    ...check.found.map((text) => `          ${text}`),
  ])
  const verdict = passed ? 'nothing was found against it' : 'it must not be used'
  return `${snapshot.manifest.name}: whole and unchanged\n${lines.join('\n')}\n${snapshot.manifest.name}: ${verdict}\n`
}
