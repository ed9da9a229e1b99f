import { relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { importPlan } from '../../stories/import-plan/import-plan.ts'
import { renderImported } from '../../stories/import-plan/render-imported.ts'
import { readGraph } from '../../stories/order/read-graph.ts'
import { renderGraph, renderMermaid } from '../../stories/order/render-graph.ts'
import { proposePlan } from '../../stories/plan/propose-plan.ts'
import { renderPhases, renderPlan } from '../../stories/plan/render-plan.ts'
import { chooseScenario, readScenario } from '../../stories/read-scenario.ts'
import { ask } from '../ask.ts'
import { askToWrite } from '../ask-to-write.ts'
import type { ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'
import { findProjectRoot } from '../project-root.ts'

interface PlanFlags {
  readonly scenario?: string
  readonly json?: true
  readonly graph?: true
  readonly mermaid?: true
}

interface ImportFlags {
  readonly scenario?: string
  readonly snapshot?: string
  readonly migrations?: string
  readonly schema?: string
  readonly yes?: true
  readonly json?: true
}

/** `plan`: proposes phases for what is pending, or draws those there are, with reasons, and writes nothing; `plan import` makes a scenario of a document. */
export function registerPlan(program: Command, finish: (code: ExitCode) => void): void {
  // Otherwise the options that both have would be those of `plan`, wherever they stand.
  const plan = program
    .enablePositionalOptions()
    .command('plan')
    .enablePositionalOptions()
    .description(
      'Propose phases for the pending migrations from what they touch, or draw those there are, and say why.',
    )
    .option('--scenario <name>', 'folder under scenarios/; the only one, when left out')
    .option('--graph', 'draw the phases of the scenario with what ties them, instead of proposing any')
    .option('--mermaid', 'draw them as Mermaid, for Markdown')
    .option('--json', 'print the phases as JSON')
    .action(async ({ scenario, json, graph, mermaid }: PlanFlags) => {
      const root = findProjectRoot()
      const chosen = chooseScenario(root, scenario)
      if (graph || mermaid) {
        const drawn = await readGraph(await readScenario(chosen, root, importTypeScript), root)
        const text = json ? toJson(drawn) : mermaid ? renderMermaid(drawn) : renderGraph(drawn)
        process.stdout.write(text)
        finish(0)
        return
      }
      const phases = await proposePlan(chosen, root, importTypeScript)
      if (json) process.stdout.write(toJson(phases))
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
  plan
    .command('import')
    .argument('<document>', 'a plan in Markdown')
    .description(
      'Make the skeleton of a scenario from a plan as a team wrote it, and say what could not be read.',
    )
    .option('--scenario <name>', 'name of the scenario; that of the document, when left out')
    .option('--snapshot <folder>', 'snapshot to prove it on; the only one, when left out')
    .option('--migrations <folder>', 'folder of migrations; found as init finds it, when left out')
    .option('--schema <path>', 'schema file or folder, where there are several')
    .option('-y, --yes', 'write without asking')
    .option('--json', 'print phases, notes and files as JSON; writes only with --yes')
    .addHelpText('after', '\nExit codes: 0 written or there already, 2 nothing written.')
    .action(async (document: string, flags: ImportFlags) => finish(await importDocument(document, flags)))
}

async function importDocument(document: string, { yes, json, ...request }: ImportFlags): Promise<ExitCode> {
  const root = findProjectRoot()
  const choose = yes || json ? async () => null : ask
  // The document is named from where the person stands.
  const path = relative(root, resolve(document))
  const plan = await importPlan({ root, document: path, choose, ...request })
  if (json) process.stdout.write(`${JSON.stringify(plan, null, 2)}\n`)
  else process.stderr.write(`\n${renderImported(plan)}`)
  if (json && !yes) return 0
  if (await askToWrite(root, plan.changes, { yes: yes ?? false, isShown: !json }))
    process.stderr.write(`  next: phaseproof prove all --scenario ${plan.scenario}\n`)
  return 0
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
