import type { FileChange } from '../init/file-change.ts'
import type { PlacedPhase, PlacedPlan } from './place-phases.ts'

/** What the scenario says beside its phases. */
interface ScenarioFrame {
  readonly name: string
  readonly title: string
  /** The document, from the root of the project. */
  readonly document: string
  readonly snapshot: string | null
  readonly migrations: string
  readonly tool: string
  readonly schema: string | null
  /** Lines of TypeScript about the server; empty where there is none. */
  readonly server: string
}

type NewFile = Omit<FileChange, 'before'>

/** The files of a scenario made from a plan: `scenario.ts`, and a folder for each phase. Pure. */
export function renderFiles(frame: ScenarioFrame, plan: PlacedPlan): readonly NewFile[] {
  const folder = `scenarios/${frame.name}`
  return [
    {
      path: `${folder}/scenario.ts`,
      purpose: `${frame.document} as a scenario`,
      after: renderScenario(frame, plan),
    },
    ...plan.phases.flatMap((phase) => renderFolder(frame.document, `${folder}/phases/${phase.name}`, phase)),
  ]
}

function renderFolder(document: string, folder: string, phase: PlacedPhase): NewFile[] {
  const { checks, rollbackSql } = phase
  return [
    { path: `${folder}/phase.ts`, purpose: phase.title, after: renderPhase(document, phase) },
    ...(rollbackSql.length === 0
      ? []
      : [
          {
            path: `${folder}/rollback.sql`,
            purpose: 'the way back, as the plan has it',
            after: rollbackSql
              .map(({ line, text }) => `-- ${document}, line ${line}\n${text.trim()}\n`)
              .join('\n'),
          },
        ]),
    ...(checks.length === 0
      ? []
      : [
          {
            path: `${folder}/plan.contract.test.ts`,
            purpose: `${checks.length} to be written, until then the phase cannot pass`,
            after: renderChecks(document, phase),
          },
        ]),
  ]
}

function renderScenario(frame: ScenarioFrame, { phases, recorded }: PlacedPlan): string {
  const names = phases.map(({ id }) => `phase${id}`)
  return `import { defineScenario } from 'phaseproof'
${phases.map(({ id, name }) => `import phase${id} from './phases/${name}/phase.ts'\n`).join('')}
/** Made from ${frame.document}; what is to do stands in the phases, and none of them can pass before it is done. */
export default defineScenario({
  name: ${quote(frame.name)},
  title: ${quote(frame.title)},
  snapshot: ${frame.snapshot === null ? 'null' : quote(frame.snapshot)},
  migrations: ${quote(frame.migrations)},
  tool: { name: ${quote(frame.tool)} },
${frame.schema === null ? '' : `  target: { schema: ${quote(frame.schema)} },\n`}${renderList('recorded', recorded)}${frame.server}  phases: [${names.join(', ')}],
})
`
}

function renderPhase(document: string, phase: PlacedPhase): string {
  const { id, line, tables, drops, queries } = phase
  const imports = [
    ...(queries.length > 0 ? ['accepts'] : []),
    'definePhase',
    ...(drops.length > 0 ? ['noTable'] : []),
    ...(tables.length > 0 ? ['table'] : []),
  ]
  const expected = [
    ...tables.map((name) => `table(${quote(name)})`),
    ...drops.map((name) => `noTable(${quote(name)})`),
    ...queries.map(
      (query) => `accepts(${quote(`the query of line ${query.line}`)}, ${quoteText(query.text)})`,
    ),
  ]
  return `import { ${imports.join(', ')} } from 'phaseproof'

/** ${line === null ? `What ${document} names in no phase` : `${document}, line ${line}`}. */
export default definePhase({
  id: ${id},
  name: ${quote(phase.name)},
  title: ${quote(phase.title)},
  goal: ${quote(phase.goal)},
  risk: '${phase.risk}',
  dependsOn: [${phase.dependsOn.join(', ')}],
  estimateMinutes: ${phase.estimateMinutes},
${renderList('migrations', phase.migrations, true)}${renderList('recorded', phase.recorded)}${renderList('changes', phase.changes, true)}${renderList('drops', drops)}${renderList('todo', phase.todo)}  expect: [${expected.map((one) => `\n    ${one},`).join('')}${expected.length > 0 ? '\n  ' : ''}],
})
`
}

function renderChecks(document: string, { checks }: PlacedPhase): string {
  const titles = new Map(checks.map(({ text, line }) => [text, line]))
  return `import { test } from 'phaseproof/contract'

// What ${document} wants tried after this phase. Write each as a flow or a test: until then the phase cannot pass.
${[...titles].map(([title, line]) => `test.todo(${quote(title)}) // line ${line}\n`).join('')}`
}

function renderList(key: string, values: readonly string[], isAlways = false): string {
  if (values.length === 0) return isAlways ? `  ${key}: [],\n` : ''
  return `  ${key}: [\n${values.map((value) => `    ${quote(value)},\n`).join('')}  ],\n`
}

function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('\\', '\\\\')
  return line.includes("'") && !line.includes('"') ? `"${line}"` : `'${line.replaceAll("'", "\\'")}'`
}

function quoteText(text: string): string {
  return `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``
}
