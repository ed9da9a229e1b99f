import { namedBy } from '../model/named-by.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import type { ToolWords } from '../model/tool.ts'
import { isPattern } from './names-object.ts'
import { toNeeds } from './needs.ts'

/**
 * Lists everything wrong with a plan: migrations in no phase or in two, unknown names, duplicate ids, empty phases, dependencies that
 * come later. Pure.
 * @param folder names of the scenario's migrations, in the tool's order
 */
export function planFaults(scenario: Scenario, folder: readonly string[], words: ToolWords): string[] {
  const { phases } = scenario
  return [
    ...(phases.length === 0 ? ['the scenario has no phases'] : []),
    ...idFaults(phases),
    ...phases.flatMap((phase) => [
      ...dependencyFaults(phase, phases),
      ...emptinessFaults(phase),
      ...probeFaults(phase),
    ]),
    ...assignmentFaults(scenario, folder),
    ...declarationFaults(scenario),
    ...phases.flatMap((phase) => orderFaults(phase, folder, words)),
    ...phases.flatMap((phase) => referenceFaults(phase, scenario)),
    ...earlierServerFaults(scenario),
    ...alternativeFaults(scenario),
  ]
}

/** Another order runs all phases, each once, and fails at one of them or at none. */
function alternativeFaults({ alternatives = [], phases }: Scenario): string[] {
  const ids = phases.map(({ id }) => id)
  return alternatives.flatMap(({ title, order, fails }) => {
    const named = `the alternative "${title}"`
    return [
      ...order
        .filter((id) => !ids.includes(id))
        .map((id) => `${named} names phase ${id}, which does not exist`),
      ...repeated(order).map((id) => `${named} names phase ${id} twice`),
      ...ids.filter((id) => !order.includes(id)).map((id) => `${named} leaves out phase ${id}`),
      ...(fails && !ids.includes(fails.phase)
        ? [`${named} fails at phase ${fails.phase}, which does not exist`]
        : []),
    ]
  })
}

function earlierServerFaults({ server, earlierServers = {}, phases }: Scenario): string[] {
  return Object.entries(earlierServers).flatMap(([name, { until }]) => [
    ...(server ? [] : [`the earlier server ${name} is named, but no server whose contracts it is tried by`]),
    ...(until === undefined || phases.some(({ id }) => id === until)
      ? []
      : [`the earlier server ${name} runs until phase ${until}, which does not exist`]),
  ])
}

function idFaults(phases: readonly Phase[]): string[] {
  const duplicates = repeated(phases.map(({ id }) => id)).map((id) => `two phases have the id ${id}`)
  const names = repeated(phases.map(({ name }) => name)).map((name) => `two phases are named ${name}`)
  const gaps = phases.flatMap(({ id, name }, position) =>
    id === position + 1
      ? []
      : [`phase ${name} has the id ${id} but stands at position ${position + 1}; ids count 1, 2, 3 in order`],
  )
  return [...duplicates, ...names, ...(duplicates.length === 0 ? gaps : [])]
}

function dependencyFaults(
  { id, name, dependsOn, dependsBecause = {} }: Phase,
  phases: readonly Phase[],
): string[] {
  const wrongly = dependsOn.flatMap((needed) => {
    if (!phases.some((phase) => phase.id === needed)) return [`${needed}, which does not exist`]
    if (needed >= id) return [`${needed}, which comes ${needed === id ? 'not before itself' : 'later'}`]
    return dependsBecause[needed]?.trim() === '' ? [`${needed}, and the reason for it is empty`] : []
  })
  const twice = repeated(dependsOn).map((needed) => `${needed} twice`)
  return [...wrongly, ...twice].map((what) => `phase ${name} depends on phase ${what}`)
}

/** A phase that says what is to do may be empty meanwhile: it cannot pass. */
function emptinessFaults(phase: Phase): string[] {
  const isToDo = (phase.todo ?? []).length > 0
  return [
    ...(namedBy(phase).length === 0 && phase.withoutMigrations === undefined && !isToDo
      ? [`phase ${phase.name} is empty: it has no migrations`]
      : []),
    ...(namedBy(phase).length > 0 && phase.withoutMigrations !== undefined
      ? [`phase ${phase.name} says withoutMigrations, and names some`]
      : []),
    ...(phase.expect.length === 0 && !isToDo
      ? [
          `phase ${phase.name} expects nothing (expect: []), so nothing could disprove it; state what it is for (docs/scenarios.md, Expectations)`,
        ]
      : []),
    ...(phase.drops ?? [])
      .filter(isPattern)
      .map(
        (name) => `phase ${phase.name} drops ${name}: what goes is named singly, patterns are for changes`,
      ),
  ]
}

function probeFaults({ name, expect }: Phase): string[] {
  return repeated(toNeeds(expect).probes.map(({ title }) => title)).map(
    (title) => `phase ${name} has two probes called "${title}"`,
  )
}

function assignmentFaults({ phases, recorded = [] }: Scenario, folder: readonly string[]): string[] {
  const places = new Map<string, string[]>()
  const assign = (migration: string, place: string) =>
    places.set(migration, [...(places.get(migration) ?? []), place])
  for (const migration of recorded) assign(migration, 'recorded before the plan')
  for (const phase of phases) {
    for (const migration of phase.migrations) assign(migration, `phase ${phase.name}`)
    for (const migration of phase.recorded ?? []) assign(migration, `phase ${phase.name} (recorded)`)
    for (const migration of phase.resolve?.applied ?? [])
      assign(migration, `phase ${phase.name} (resolved as applied)`)
  }
  return [
    ...folder.filter((name) => !places.has(name)).map((name) => `migration ${name} is in no phase`),
    ...phases.flatMap(({ name, resolve = {} }) =>
      (resolve.rolledBack ?? [])
        .filter((migration) => !folder.includes(migration))
        .map((migration) => `phase ${name} resolves ${migration} as rolled back, which is not in the folder`),
    ),
    ...[...places]
      .filter(([name]) => !folder.includes(name))
      .map(([name, where]) => `migration ${name}, named by ${where.join(' and ')}, is not in the folder`),
    ...[...places]
      .filter(([, where]) => where.length > 1)
      .map(([name, where]) => `migration ${name} is named ${where.length} times: ${where.join(', ')}`),
  ]
}

/** What a phase repairs, or the scenario knows to be untrue, is something that production's history records. */
function declarationFaults({ phases, recorded = [], untrue = {} }: Scenario): string[] {
  const all = [...recorded, ...phases.flatMap((phase) => phase.recorded ?? [])]
  const declared = [
    ...phases.flatMap(({ name, repairs = [] }) =>
      repairs.map((entry) => [entry, `phase ${name} repairs`] as const),
    ),
    ...Object.keys(untrue).map((entry) => [entry, 'the scenario names as untrue'] as const),
  ]
  return declared
    .filter(([entry]) => !all.includes(entry))
    .map(([entry, who]) => `${who} ${entry}, which nothing lists under recorded`)
}

function orderFaults(
  { name, migrations }: Phase,
  folder: readonly string[],
  { title, order }: ToolWords,
): string[] {
  const positions = migrations
    .map((migration) => folder.indexOf(migration))
    .filter((position) => position >= 0)
  const taken = folder.filter((entry) => migrations.includes(entry))
  const sorted = positions.every((position, place) => place === 0 || position >= (positions[place - 1] ?? 0))
  return sorted
    ? []
    : [
        `phase ${name} lists its migrations in an order ${title} will not take: it goes by ${order}, so ${taken.join(', ')}`,
      ]
}

function referenceFaults({ name, expect }: Phase, { target }: Scenario): string[] {
  const needsSchema = toNeeds(expect).references.includes('target-schema')
  return needsSchema && target?.schema === undefined
    ? [`phase ${name} compares with target-schema, but the scenario's target names none`]
    : []
}

function repeated<T>(values: readonly T[]): T[] {
  return [...new Set(values.filter((value, position) => values.indexOf(value) !== position))]
}
