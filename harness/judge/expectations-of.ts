import { type CostBudget, DEFAULT_BUDGET } from '../model/budget.ts'
import type {
  AlternativesHoldExpectation,
  ClaimsHoldExpectation,
  Expectation,
  RollsBackAllExpectation,
  RollsBackExpectation,
  TargetTablesExpectation,
} from '../model/expectation.ts'
import { namedBy } from '../model/named-by.ts'
import type { Claims, Phase, Scenario } from '../model/scenario.ts'

/** All that must hold after a phase of the scenario: what it implies first, then what it states. */
export function expectationsOf(phase: Phase, scenario: Scenario): readonly Expectation[] {
  const drops = phase.drops ?? []
  const { resolve = {} } = phase
  const isFirst = phase.id === scenario.phases[0]?.id
  const recorded = [...(phase.recorded ?? []), ...(isFirst ? (scenario.recorded ?? []) : [])]
  const target = targetOf(phase, scenario)
  const known = scenario.knownDifferences ?? []
  return [
    {
      kind: 'migrations-applied',
      applied: phase.migrations,
      resolve: { applied: resolve.applied ?? [], rolledBack: resolve.rolledBack ?? [] },
    },
    ...recorded.map((migration) => ({ kind: 'migration-recorded' as const, migration })),
    ...(isFirst ? [{ kind: 'history-known' as const, known: namesOf(scenario) }] : []),
    ...(isFirst || phase.repairs || resolve.applied
      ? [
          {
            kind: 'history-true' as const,
            whole: isFirst,
            repairs: phase.repairs ?? [],
            resolved: resolve.applied ?? [],
            untrue: isFirst ? Object.keys(scenario.untrue ?? {}) : [],
          },
        ]
      : []),
    ...(isFirst && scenario.claims ? [toClaimsHold(scenario.claims)] : []),
    { kind: 'preconditions-met' },
    { kind: 'values-kept', changes: phase.changes, drops, declared: declarationsOf(phase) },
    { kind: 'nothing-dropped', changes: phase.changes, except: drops },
    ...(phase.changes.includes('*')
      ? []
      : [
          {
            kind: 'nothing-else-changed' as const,
            changes: [...phase.changes, ...drops],
            operations: scenario.operations ?? 'told',
          },
          {
            kind: 'nothing-unexpected' as const,
            changes: phase.changes,
            drops,
            stated: phase.expect,
            target,
          },
        ]),
    { kind: 'no-orphans' },
    ...rollbackOf(phase, scenario),
    { kind: 'deploys-again' },
    { kind: 'recovers', rollback: phase.rollback?.file ?? null },
    { kind: 'deploys-at-once' },
    { kind: 'within-budget', budget: budgetOf(phase, scenario) },
    ...(isFirst ? [] : [{ kind: 'order-free' as const }]),
    ...alternativesOf(phase, scenario),
    ...(phase.expect.some((entry) => entry.kind === 'same-schema' && entry.reference === 'linear')
      ? [{ kind: 'converges' as const }]
      : []),
    ...fullRollbackOf(phase, scenario),
    { kind: 'restores' },
    ...(target ? [target] : []),
    ...phase.expect.map((entry) => (entry.kind === 'same-schema' ? { ...entry, known } : entry)),
  ]
}

/** What the phase compares with the target by itself; null without a target, and where the phase compares all with it. */
function targetOf(
  { id, changes, expect }: Phase,
  { target, phases, knownDifferences: known = [] }: Scenario,
): TargetTablesExpectation | null {
  const isStated = expect.some((entry) => entry.kind === 'same-schema' && entry.reference === 'target-schema')
  if (target?.schema === undefined || isStated) return null
  const later = phases.filter((phase) => phase.id > id).flatMap((phase) => phase.changes)
  return { kind: 'target-tables', changes, later, known }
}

function toClaimsHold({ tables: { there = [], missing = [] } }: Claims): ClaimsHoldExpectation {
  return { kind: 'claims-hold', there, missing }
}

/** Where no phase has a rollback, the scenario leaves them out, which is a limit of the proof. */
function rollbackOf(phase: Phase, scenario: Scenario): RollsBackExpectation[] {
  const { name, rollback, rollbackLeaves = {}, irreversible } = phase
  if (irreversible !== undefined || !(rollback || scenario.phases.some((other) => other.rollback))) return []
  const file = rollback?.file ?? `scenarios/${scenario.name}/phases/${name}/rollback.sql`
  const leaves = Object.keys(rollbackLeaves)
  return [{ kind: 'rolls-back', file, sha256: rollback?.sha256 ?? null, leaves }]
}

/** What the deploy of a phase may cost: by its risk, and the defaults for what the scenario does not say. */
export function budgetOf({ risk }: Phase, { budgets = {} }: Scenario): Required<CostBudget> {
  return { ...DEFAULT_BUDGET, ...budgets[risk] }
}

/** Judged at the last phase: every order that leads to it runs all of them. */
function alternativesOf(
  { id }: Phase,
  { phases, alternatives = [] }: Scenario,
): AlternativesHoldExpectation[] {
  return alternatives.length > 0 && id === phases.at(-1)?.id
    ? [{ kind: 'alternatives-hold', alternatives }]
    : []
}

/** What the first phase's own rollback shows is the same. */
function fullRollbackOf({ id }: Phase, { phases }: Scenario): RollsBackAllExpectation[] {
  const soFar = phases.filter((phase) => phase.id <= id)
  if (soFar.length < 2 || !soFar.some(({ rollback }) => rollback)) return []
  return [
    {
      kind: 'rolls-back-all',
      leaves: soFar.flatMap(({ rollbackLeaves = {} }) => Object.keys(rollbackLeaves)),
    },
  ]
}

function declarationsOf({ renames = [], rewrites = [], loses = [], inserts = [] }: Phase) {
  return { renames, rewrites, loses, inserts }
}

function namesOf({ phases, recorded = [] }: Scenario): string[] {
  return [...recorded, ...phases.flatMap(namedBy)]
}
