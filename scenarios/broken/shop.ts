import {
  definePhase,
  defineScenario,
  type FindingKind,
  type Nested,
  type Phase,
  type PhaseDraft,
  type Scenario,
} from 'phaseproof'
import type { StatedExpectation, TableName } from '../../harness/model/expectation.ts'

/** Names of the migrations that the shop's production has run before every broken scenario begins. */
export const alreadyApplied = ['20250901090000_customers', '20250915090000_orders'] as const

/** What one broken scenario says; the shop it happens to is the same for all. */
export interface ShopScenario
  extends Pick<
    Scenario,
    | 'server'
    | 'earlierServers'
    | 'operations'
    | 'target'
    | 'roles'
    | 'untrue'
    | 'budgets'
    | 'backup'
    | 'alternatives'
    | 'claims'
  > {
  /** Folder under `scenarios/broken/`. */
  readonly folder: string
  /** What is wrong, as a sentence. */
  readonly title: string
  /** State of production under `scenarios/broken/snapshots/`. Default `shop`. */
  readonly snapshot?:
    | 'shop'
    | 'shop-unfinished'
    | 'shop-ahead'
    | 'shop-asked'
    | 'shop-drifted'
    | 'shop-sequence-behind'
    | 'shop-latin1'
    | 'shop-roles'
    | 'shop-untrue'
    | 'shop-by-hand'
    | 'shop-impossible'
    | 'shop-noted'
  /** What the shop migrates with. Default Prisma 7.3.0. */
  readonly tool?: Scenario['tool']
  readonly phases: readonly ShopPhase[]
}

export interface ShopPhase
  extends Pick<
    Phase,
    'repairs' | 'resolve' | 'renames' | 'rewrites' | 'loses' | 'inserts' | 'irreversible' | 'rollbackLeaves'
  > {
  readonly migrations: readonly string[]
  /** Recorded migrations of this phase, besides the two that phase 1 always relies on. */
  readonly recorded?: readonly string[]
  readonly changes: readonly TableName[]
  readonly drops?: readonly string[]
  /** Default: on the phase before it, because one change of the shop follows another. */
  readonly dependsOn?: PhaseDraft['dependsOn']
  readonly expect: Nested<StatedExpectation>
}

/** What a scenario's module exports: the scenario, and the finding that it must end with. */
export interface BrokenScenario {
  readonly default: Scenario
  readonly finding: FindingKind
}

/**
 * A scenario on a shop of customers and orders. Phase 1 relies on the two recorded migrations, so every scenario also
 * holds an expectation that is met. A copy that got mixed up would show.
 */
export function shopScenario({
  folder,
  title,
  snapshot = 'shop',
  tool = { name: 'prisma', version: '7.3.0' },
  phases,
  ...servers
}: ShopScenario): Scenario {
  return defineScenario({
    name: `broken/${folder}`,
    title,
    snapshot: `scenarios/broken/snapshots/${snapshot}`,
    migrations: `scenarios/broken/${folder}/migrations`,
    tool,
    ...servers,
    phases: phases.map(({ recorded = [], ...phase }, position) =>
      definePhase({
        ...phase,
        id: position + 1,
        name: `0${position + 1}-shop`,
        title: `Change ${position + 1} of the shop`,
        goal: title,
        risk: 'low',
        dependsOn: phase.dependsOn ?? onTheOneBefore(position),
        estimateMinutes: 5,
        recorded: position === 0 ? [...alreadyApplied, ...recorded] : recorded,
      }),
    ),
  })
}

function onTheOneBefore(position: number): PhaseDraft['dependsOn'] {
  return position === 0 ? [] : [{ phase: position, because: 'one change of the shop follows another' }]
}
