import type { Command } from 'commander'
import { HarnessError } from '../../model/error.ts'
import { parsePostgresChoice } from '../../postgres/parse-choice.ts'
import { listMeantDisproven, listScenarios } from '../../stories/read-scenario.ts'
import { readRunOptions } from '../../vitest/run-options.ts'
import type { ExitCode } from '../exit-code.ts'
import { toPostgresOption } from '../postgres-option.ts'
import { findProjectRoot } from '../project-root.ts'
import { forgetOlder, proveScenario } from '../prove-scenario.ts'
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
      const runs = mustListScenarios(projectRoot).map((scenario) => ({
        ...readRunOptions(process.env, scenario),
        postgres: parsePostgresChoice(flags.postgres),
        fresh: flags.fresh ?? false,
        thorough: true,
      }))
      // All at once: where one scenario ends the run, those behind it must not keep what an earlier run proved.
      for (const options of runs) forgetOlder({ options, projectRoot })
      for (const options of runs) {
        process.stderr.write(`\nscenario ${options.scenario}\n`)
        const code = printConclusion(
          await proveScenario({ options, projectRoot, reporters: [], signal, env: process.env }),
          {},
        )
        worst = Math.max(worst, code) as ExitCode
      }
      for (const name of listMeantDisproven(projectRoot))
        process.stderr.write(
          `\nleft out: scenario ${name} is meant to be disproven; a test holds it to its disproven.golden.md\n`,
        )
      finish(worst)
    })
}

/** A regression of nothing would be green. @throws usage when there is no scenario */
function mustListScenarios(projectRoot: string): string[] {
  const names = listScenarios(projectRoot)
  if (names.length > 0) return names
  const message = `Looking for scenarios below ${projectRoot}: there is none.`
  throw new HarnessError(
    'usage',
    message,
    'Write one with phaseproof init, or run from the folder of your project.',
    {
      faults: [message],
    },
  )
}
