import type { Command } from 'commander'
import { proposePlan } from '../../stories/plan/propose-plan.ts'
import { renderPhases, renderPlan } from '../../stories/plan/render-plan.ts'
import { chooseScenario } from '../../stories/read-scenario.ts'
import type { ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'
import { findProjectRoot } from '../project-root.ts'

interface PlanFlags {
  readonly scenario?: string
  readonly json?: true
}

/** `plan`: proposes phases for what is pending, with the reasons. Writes nothing. */
export function registerPlan(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('plan')
    .description('Propose phases for the pending migrations from what they touch, and say why.')
    .option('--scenario <name>', 'folder under scenarios/; the only one, when left out')
    .option('--json', 'print the phases as JSON')
    .action(async ({ scenario, json }: PlanFlags) => {
      const root = findProjectRoot()
      const chosen = chooseScenario(root, scenario)
      const phases = await proposePlan(chosen, root, importTypeScript)
      if (json) process.stdout.write(`${JSON.stringify(phases, null, 2)}\n`)
      else {
        const file = `scenarios/${chosen}/scenario.ts`
        process.stderr.write(`\n${renderPlan(phases)}\n`)
        process.stdout.write(`${renderPhases(phases)}\n`)
        process.stderr.write(
          `\nNothing was written: put these phases in place of those in ${file} that take what is pending.\n`,
        )
      }
      finish(0)
    })
}
