import type { Command } from 'commander'
import { renderChecks } from '../../stories/doctor/check.ts'
import { examine } from '../../stories/doctor/examine.ts'
import { HARNESS_VERSION } from '../../stories/harness-version.ts'
import { parsePostgresChoice } from '../../vitest/run-options.ts'
import type { ExitCode } from '../exit-code.ts'

interface DoctorFlags {
  readonly postgres: string
  readonly json?: true
}

/** `doctor`: examines whether phases can be proven on this machine and in this repository. */
export function registerDoctor(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .description('Examine Node, Postgres, Docker, Prisma, extensions, collations, folders and disk.')
    .option(
      '--postgres <where>',
      'auto, testcontainers, embedded, or a URL made for this',
      process.env.PHASEPROOF_POSTGRES ?? 'auto',
    )
    .option('--json', 'print the checks as JSON')
    .addHelpText('after', '\nExit codes: 0 phases can be proven here, 3 something has to be mended first.')
    .action(async ({ postgres, json }: DoctorFlags) => {
      const checks = await examine({
        root: process.cwd(),
        postgres: parsePostgresChoice(postgres),
        env: process.env,
      })
      const text = json ? JSON.stringify(checks, null, 2) : `\n  ${HARNESS_VERSION}\n${renderChecks(checks)}`
      process.stdout.write(`${text}\n`)
      finish(checks.some(({ state }) => state === 'failed') ? 3 : 0)
    })
}
