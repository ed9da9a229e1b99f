import type { CostBudgets } from './budget.ts'
import type { ContractSpec } from './contract.ts'
import type { Declarations } from './declaration.ts'
import type { KnownDifference, StatedExpectation, TableName } from './expectation.ts'
import type { Resolve } from './history.ts'
import type { AlternativeOrder, ReasonedDependency } from './order.ts'
import type { RollbackScript } from './rehearsal.ts'
import type { ToolChoice } from './tool.ts'

/** A named group of migrations, numbered in the order production will get them. */
export interface Phase extends Declarations {
  /** 1, 2, 3 … in the order of application. */
  readonly id: number
  /** Folder name under the scenario's `phases/`: `04-transport`. */
  readonly name: string
  readonly title: string
  readonly goal: string
  readonly risk: 'low' | 'medium' | 'high'
  /** Ids of the phases that must have been applied before. */
  readonly dependsOn: readonly number[]
  /** Why it comes after a phase that its own migrations and expectations can do without, by the id of that phase. */
  readonly dependsBecause?: Readonly<Record<number, string>>
  /** Minutes the team plans for it, testing included. */
  readonly estimateMinutes: number
  /** Folder names this phase applies. */
  readonly migrations: readonly string[]
  /** Also applies whatever the folder holds and nothing else of the scenario names; `migrations: 'pending'` where it is written. */
  readonly takesPending?: true
  /** Why the phase applies no migration, where the plan names none; what it expects is judged all the same. */
  readonly withoutMigrations?: string
  /** Folder names that belong to this phase but that production's history records already. */
  readonly recorded?: readonly string[]
  /** Recorded migrations whose effects production lacks and this phase brings; that they are there after it is judged. */
  readonly repairs?: readonly string[]
  /** What a person records in production's history before the phase's deploy, without running it. */
  readonly resolve?: Resolve
  /** Tables this phase may create or change; everything else must stay as it was. `*`: anything may change. */
  readonly changes: readonly TableName[]
  /** Objects this phase removes on purpose: `trips`, `trips.legacyFlag`, `trips.trips_old_idx`. */
  readonly drops?: readonly string[]
  /** What undoes the phase; read from `rollback.sql` beside `phase.ts`. */
  readonly rollback?: RollbackScript
  /** What the rollback leaves on purpose, as its finding begins with it, each with the reason: `orders.note`, `orders: 3 rows`. */
  readonly rollbackLeaves?: Readonly<Record<string, string>>
  /** Older tables whose rows the rollback takes when people wrote them after the phase, each with the reason: `orders`. */
  readonly rollbackLoses?: Readonly<Record<string, string>>
  /** Why nothing can undo the phase. */
  readonly irreversible?: string
  /** What is not written yet, in sentences: while there is any, the phase cannot pass. */
  readonly todo?: readonly string[]
  /** Faults of the written plan in this phase, and how the scenario mends them. */
  readonly faults?: readonly PlanFault[]
  readonly expect: readonly StatedExpectation[]
}

export interface PlanFault {
  /** What the plan says. */
  readonly plan: string
  /** Why it cannot hold. */
  readonly fact: string
  /** What this scenario does instead. */
  readonly mend: string
}

/** Phases, the snapshot they start from, and the migrations they take; folders are relative to the project root. */
export interface Scenario {
  readonly name: string
  readonly title: string
  /** Folder of the snapshot, for example `snapshots/tcc-production`; null: an empty database. */
  readonly snapshot: string | null
  /** The tool's folder of migrations, for example `migrations/tcc`. */
  readonly migrations: string
  /** Folder names that production's history holds already and that belong to no phase: the time before the plan. */
  readonly recorded?: readonly string[]
  /** Recorded migrations whose effects production lacks and that no phase repairs, each with the reason why that is well. */
  readonly untrue?: Readonly<Record<string, string>>
  /** What the written plan says of production before phase 1; what is not so is a finding. */
  readonly claims?: Claims
  /** What production migrates with. Order and transaction rule follow from it. */
  readonly tool: ToolChoice
  /** Roles by which production migrates and serves. Left out: everything runs as a superuser, and rights are not shown. */
  readonly roles?: ScenarioRoles
  /** What the phases lead to; compared where a phase says `sameSchemaAs`. */
  readonly target?: {
    /** A schema file of the tool. */
    readonly schema?: string
  }
  /** `counted`: comments, storage and statistics that a phase changes without naming the object disprove it. Default `told`: a limit. */
  readonly operations?: 'told' | 'counted'
  /** What the deploy of a phase may cost, by its risk; what is left out has the defaults of `CostBudget`. */
  readonly budgets?: CostBudgets
  /** Differences from references that are accepted for now; read from `known-differences.json` beside `scenario.ts`. */
  readonly knownDifferences?: readonly KnownDifference[]
  /** The server the contracts run against. */
  readonly server?: ServerSpec
  /** By name: servers deployed before the phases, which go on running on each new schema while the new one is rolled out. */
  readonly earlierServers?: Readonly<Record<string, EarlierServer>>
  /** What the server's answers are held against. */
  readonly contract?: ContractSpec
  /** How the team backs up and restores. Left out: `pg_dump` and `pg_restore`. */
  readonly backup?: BackupCommands
  readonly phases: readonly Phase[]
  /** Other orders that the plan allows for. */
  readonly alternatives?: readonly AlternativeOrder[]
}

/** Commands, each a program with its arguments: run without a shell in the scenario's folder, with `DATABASE_URL` and `FILE` in their environment. */
export interface BackupCommands {
  /** Writes a backup of the database to the file. */
  readonly dump: readonly string[]
  /** Brings the database back to what the file holds. */
  readonly restore: readonly string[]
}

/** What a plan says of production before it, to be held against the snapshot. */
export interface Claims {
  readonly tables: {
    readonly there?: readonly TableName[]
    readonly missing?: readonly TableName[]
  }
}

/** Names of production's roles, as the snapshot describes them. */
export interface ScenarioRoles {
  /** The role that applies migrations. */
  readonly migrator: string
  /** The role by which the server connects. */
  readonly app: string
}

/** Where the server comes from; paths are relative to the scenario's folder. */
export type ServerSpec =
  | {
      /** Exports `createApp({ databaseUrl }): Promise<{ listener, close() }>`, called inside the test for each clone. */
      readonly module: string
    }
  | {
      /** Run without a shell, with `DATABASE_URL` and `PORT` in its environment, and ended with its children. */
      readonly command: readonly string[]
      /** Path that answers once the server is ready. Default `/health`. */
      readonly healthPath?: string
      /** Longest wait for that answer. Default 30,000. */
      readonly startTimeoutMs?: number
    }
  | {
      /** A server that already runs and chooses its database itself. */
      readonly url: string
      readonly healthPath?: string
    }

/** A server that a phase must not break although it is no longer the newest. */
export interface EarlierServer {
  readonly server: ServerSpec
  /** OpenAPI document its answers are held against, relative to the scenario's folder; without one they must only be no failures. */
  readonly document?: string
  /** Id of the last phase that it has to outlive; left out: all of them. */
  readonly until?: number
}

/** Checks a scenario's type where it is written; returns it unchanged. */
export function defineScenario(scenario: Scenario): Scenario {
  return scenario
}

/** A phase as it is written. */
export type PhaseDraft = Omit<
  Phase,
  'expect' | 'migrations' | 'takesPending' | 'rollback' | 'dependsOn' | 'dependsBecause'
> & {
  /** Ids of the phases that must have been applied before, with a reason where migrations and expectations do not show it. */
  readonly dependsOn: readonly (number | ReasonedDependency)[]
  /** Folder names, or `pending`: whatever the folder holds and nothing else of the scenario names. */
  readonly migrations: readonly string[] | 'pending'
  readonly expect: Nested<StatedExpectation>
}

/** Checks a phase's type where it is written; returns it with its groups of expectations dissolved. */
export function definePhase({ migrations, expect, dependsOn, ...phase }: PhaseDraft): Phase {
  const taken = migrations === 'pending' ? { migrations: [], takesPending: true as const } : { migrations }
  // In plain JavaScript it may be missing, which is told when the scenario is read.
  return { ...phase, ...taken, ...toDependencies(dependsOn), expect: expect?.flat() }
}

/** In plain JavaScript the list may be none, which is told when the scenario is read. */
function toDependencies(given: PhaseDraft['dependsOn']): Pick<Phase, 'dependsOn' | 'dependsBecause'> {
  if (!Array.isArray(given)) return { dependsOn: given as readonly number[] }
  const list: PhaseDraft['dependsOn'] = given
  const reasons = list.flatMap((entry) =>
    typeof entry === 'object' ? [[entry.phase, entry.because] as const] : [],
  )
  return {
    dependsOn: list.map((entry) => (typeof entry === 'object' ? entry.phase : entry)),
    ...(reasons.length > 0 && { dependsBecause: Object.fromEntries(reasons) }),
  }
}

/** Expectations may be grouped: `table(…)` returns several. */
export type Nested<T> = readonly (T | readonly T[])[]
