import type { ScriptStop } from './rehearsal.ts'

/** What came of a phase that was applied beneath servers that ran, connections open, while people used them. */
export interface LiveReport {
  readonly phase: number
  /** One for each server that production runs at that time. */
  readonly servers: readonly LiveServer[]
  /** The rollback after the phase's contracts had written rows; null where it was not run. */
  readonly rollback: LateRollback | null
  /** Why the phase was applied beneath no server, as part of a sentence; null where it was. */
  readonly leftOut: string | null
}

/** What one server made of a phase that was applied beneath it. */
export interface LiveServer {
  /** Name of the earlier server; null: the scenario's own. */
  readonly server: string | null
  /** Contracts that were tried on its open connections, and those that were not, as there are bounds. */
  readonly tried: number
  readonly untried: number
  /** Tried ones that say nothing, as they did not work before the phase, or fail on a restarted server, too. */
  readonly silent: number
  readonly warm: readonly WarmFailure[]
  /** What was asked while the phase was applied, by endpoint; null where nothing was asked. */
  readonly traffic: readonly EndpointTraffic[] | null
}

/** What fails on connections that were open before the phase, and not on those that were opened after it. */
export interface WarmFailure {
  /** `GET /orders`; null where no answer tells. */
  readonly endpoint: string | null
  /** Full names of the contracts that fail by it; empty where only single requests do. */
  readonly contracts: readonly string[]
  /** SQLSTATE that the server answered or logged; null where it hid it. */
  readonly sqlstate: string | null
  readonly message: string
  /** The same works at the second try on the same connections. */
  readonly recovers: boolean
}

/** Requests to one endpoint while a phase was applied. */
export interface EndpointTraffic {
  readonly endpoint: string
  readonly requests: number
  /** Requests that failed, though the same one works before the phase and after it. */
  readonly failed: number
  /** The first failure in words; null where none failed. */
  readonly message: string | null
  readonly longestMs: number
}

/** A rollback of a phase after rows were written to it. */
export interface LateRollback {
  readonly stop: ScriptStop | null
  /** Tables with rows that the phase's contracts added. */
  readonly tables: readonly LateRows[]
}

/** What became of the rows of one table. */
export interface LateRows {
  /** Without `public.` */
  readonly table: string
  readonly written: number
  readonly lost: number
  /** The phase made the table, so its rows go with it. */
  readonly isOfPhase: boolean
}
