import type { Command } from 'commander'
import { parsePostgresChoice } from '../../postgres/parse-choice.ts'
import { listScenarios } from '../../stories/read-scenario.ts'
import { defaultRunOptions } from '../../vitest/run-options.ts'
import type { ExitCode } from '../exit-code.ts'
import { toPostgresOption } from '../postgres-option.ts'
import { printRun } from './prove.ts'

/** `regression`: every scenario, every phase, and the linear replay; the suite after an edit of the schema. */
export function registerRegression(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('regression')
    .description(
      'Prove every phase of every scenario, and the linear replay of all migrations from an empty database.',
    )
    .addOption(toPostgresOption())
    .option('--fresh', 'ignore checkpoints of earlier runs')
    .action(async (flags: { postgres: string; fresh?: true }) => {
      const projectRoot = process.cwd()
      const { runVitest } = await import('../run-vitest.ts')
      let worst: ExitCode = 0
      for (const scenario of listScenarios(projectRoot)) {
        process.stderr.write(`\nscenario ${scenario}\n`)
        const postgres = parsePostgresChoice(flags.postgres)
        const options = {
          ...defaultRunOptions,
          scenario,
          postgres,
          fresh: flags.fresh ?? false,
          thorough: true,
        }
        const code = printRun(await runVitest({ options, projectRoot, reporters: [] }), false)
        worst = Math.max(worst, code) as ExitCode
      }
      finish(worst)
    })
}
