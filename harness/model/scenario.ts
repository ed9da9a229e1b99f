import type { ContractSpec } from './contract.ts'
import type { StatedExpectation, TableName } from './expectation.ts'
import type { TransactionRule } from './history.ts'

/** A named group of migrations, numbered in the order production will get them. */
export interface Phase {
  /** 1, 2, 3 … in the order of application. */
  readonly id: number
  /** Folder name under the scenario's `phases/`: `04-transport`. */
  readonly name: string
  readonly title: string
  readonly goal: string
  readonly risk: 'low' | 'medium' | 'high'
  /** Ids of the phases that must have been applied before. */
  readonly dependsOn: readonly number[]
  /** Minutes the team plans for the phase, testing included. */
  readonly estimateMinutes: number
  /** Folder names this phase applies. */
  readonly migrations: readonly string[]
  /** Folder names that belong to this phase and that production's history already records. */
  readonly recorded?: readonly string[]
  /** Tables that this phase may create or change; everything else must stay as it was. */
  readonly changes: readonly TableName[]
  /** Objects this phase removes on purpose: `trips`, `trips.legacyFlag`, `trips.trips_old_idx`. */
  readonly drops?: readonly string[]
  /** Faults of the written plan in this phase, and how the scenario corrects them. */
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
  /** Folder of the snapshot, for example `snapshots/tcc-production`; null for an empty database. */
  readonly snapshot: string | null
  /** Prisma migrations folder, for example `migrations/tcc`. */
  readonly migrations: string
  /**
   * Folder names that production's history already holds and that belong to no phase, from the time before the plan.
   */
  readonly recorded?: readonly string[]
  readonly transactionRule: TransactionRule
  /** What the phases lead to, compared where a phase says `sameSchemaAs`. */
  readonly target?: {
    /** A `schema.prisma`. */
    readonly prismaSchema?: string
  }
  /** The server the contracts run against. */
  readonly server?: ServerSpec
  /**
   * Servers deployed before the phases, by name. They keep running on each new schema while the new server is rolled
   * out.
   */
  readonly earlierServers?: Readonly<Record<string, EarlierServer>>
  /** What the server's answers are compared with. */
  readonly contract?: ContractSpec
  readonly phases: readonly Phase[]
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

/** A server that a phase must not break although a newer one exists. */
export interface EarlierServer {
  readonly server: ServerSpec
  /**
   * OpenAPI document of its answers, relative to the scenario's folder. Without one, an answer must only be no
   * failure.
   */
  readonly document?: string
  /** Id of the last phase after which it must still work; absent for all phases. */
  readonly until?: number
}

/** Checks a scenario's type where it is written, and returns it unchanged. */
export function defineScenario(scenario: Scenario): Scenario {
  return scenario
}

/** Checks a phase's type where it is written, and returns it unchanged. */
export function definePhase(
  phase: Omit<Phase, 'expect'> & { readonly expect: Nested<StatedExpectation> },
): Phase {
  return { ...phase, expect: phase.expect.flat() }
}

/** Expectations may be grouped: `table(…)` returns several. */
export type Nested<T> = readonly (T | readonly T[])[]
