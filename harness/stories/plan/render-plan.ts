import type { ProposedPhase } from './propose-phases.ts'

/** Proposed phases for a person: each with its reasons, then the text that a scenario takes. */
export function renderPlan(phases: readonly ProposedPhase[]): string {
  const told = phases.map(({ id, name, migrations, dependsOn, risk, why }) =>
    [
      `phase ${id}  ${name}  ${risk} risk, ${migrations.length === 1 ? '1 migration' : `${migrations.length} migrations`}${dependsOn.length > 0 ? `, after ${dependsOn.join(', ')}` : ''}`,
      ...migrations.map((migration) => `    ${migration}`),
      ...why.map((reason) => `  · ${reason}`),
    ].join('\n'),
  )
  return `${told.join('\n\n')}\n`
}

/** The phases as TypeScript: what stands in `phases: [ … ]` of a scenario. */
export function renderPhases(phases: readonly ProposedPhase[]): string {
  const last = phases.length
  return phases.map((phase) => renderPhase(phase, phase.id === last)).join('\n')
}

function renderPhase(
  { id, name, migrations, changes, drops, dependsOn, dependsBecause, risk }: ProposedPhase,
  isLast: boolean,
): string {
  const list = (values: readonly string[]) => `[${values.map((value) => JSON.stringify(value)).join(', ')}]`
  const expected = isLast
    ? `[sameSchemaAs('target-schema', { beyondTheFile: 'allowed' })]`
    : `[${changes.map((name) => `/* state ${JSON.stringify(name)}: table(…), enumType(…), has(…) */`).join(', ')}]`
  const dependencies = dependsOn.map((on) => {
    const because = dependsBecause[on]
    return because === undefined ? on : `{ phase: ${on}, because: ${JSON.stringify(because)} }`
  })
  return `definePhase({
  id: ${id},
  name: '${name}',
  title: '${name.slice(3)}',
  goal: '',
  risk: '${risk}',
  dependsOn: [${dependencies.join(', ')}],
  estimateMinutes: 10,
  migrations: ${list(migrations)},
  changes: ${list(changes)},
${drops.length > 0 ? `  drops: ${list(drops)},\n` : ''}  expect: ${expected},
}),`
}
