import type { Command } from 'commander'
import { parsePostgresChoice } from '../../postgres/parse-choice.ts'
import { listScenarios } from '../../stories/read-scenario.ts'
import { readRunOptions } from '../../vitest/run-options.ts'
import type { ExitCode } from '../exit-code.ts'
import { toPostgresOption } from '../postgres-option.ts'
import { findProjectRoot } from '../project-root.ts'
import { proveScenario } from '../prove-scenario.ts'
import { takeSignals } from '../take-signals.ts'
import { printConclusion } from './prove.ts'

/** `regression`: every scenario, every phase, and the linear replay; the suite after an edit of the schema. */
export function registerRegression(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('regression')
    .description(
      'Prove every phase of every scenario, and the linear replay of all migrations from an empty database.',
    )
    .addOption(toPostgresOption())
    .option('--fresh', 'replay everything, whatever earlier runs left')
    .action(async (flags: { postgres: string; fresh?: true }) => {
      const projectRoot = findProjectRoot()
      const signal = takeSignals()
      let worst: ExitCode = 0
      for (const scenario of listScenarios(projectRoot)) {
        process.stderr.write(`\nscenario ${scenario}\n`)
        const options = {
          ...readRunOptions(process.env, scenario),
          postgres: parsePostgresChoice(flags.postgres),
          fresh: flags.fresh ?? false,
          thorough: true,
        }
        const code = printConclusion(
          await proveScenario({ options, projectRoot, reporters: [], signal, env: process.env }),
          {},
        )
        worst = Math.max(worst, code) as ExitCode
      }
      finish(worst)
    })
}
