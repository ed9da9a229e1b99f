import type { Command } from 'commander'
import { parsePostgresChoice } from '../../postgres/parse-choice.ts'
import { renderChecks } from '../../stories/doctor/check.ts'
import { examine } from '../../stories/doctor/examine.ts'
import { HARNESS_VERSION } from '../../stories/harness-version.ts'
import type { ExitCode } from '../exit-code.ts'
import { toPostgresOption } from '../postgres-option.ts'
import { findProjectRoot } from '../project-root.ts'

interface DoctorFlags {
  readonly postgres: string
  readonly json?: true
}

/** `doctor`: examines whether phases can be proven on this machine and in this repository. */
export function registerDoctor(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .description(
      'Examine Node, Postgres, Docker, the migration tool, extensions, collations, folders and disk.',
    )
    .addOption(toPostgresOption())
    .option('--json', 'print the checks as JSON')
    .addHelpText('after', '\nExit codes: 0 phases can be proven here, 3 something has to be mended first.')
    .action(async ({ postgres, json }: DoctorFlags) => {
      const checks = await examine({
        root: findProjectRoot(),
        postgres: parsePostgresChoice(postgres),
        env: process.env,
      })
      const text = json ? JSON.stringify(checks, null, 2) : `\n  ${HARNESS_VERSION}\n${renderChecks(checks)}`
      process.stdout.write(`${text}\n`)
      finish(checks.some(({ state }) => state === 'failed') ? 3 : 0)
    })
}
