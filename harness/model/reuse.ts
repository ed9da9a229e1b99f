import type { ExercisedResponse } from './contract.ts'
import type { LiveReport } from './live.ts'
import type { EndpointReport, TestRecord } from './test-record.ts'

/** What a test that passed without a finding left to be told again. */
export interface KeptOutcome {
  /** When it ran, in ms since 1970. */
  readonly at: number
  readonly exercised: readonly ExercisedResponse[]
  /** Of a contract on an earlier server: it does not do this after any phase so far. */
  readonly isNotServed?: boolean
  /** Of a test that called every endpoint. */
  readonly endpoints?: EndpointReport
  /** Of a phase that was applied beneath running servers. */
  readonly live?: LiveReport
}

/** One trial that a run consisted of: what a test says before it runs, and the key of what it came to. */
export type KeptTrial = Pick<TestRecord, 'file' | 'name' | 'subject'> & { readonly outcomeKey: string }

/** Everything besides its test file and its database that the outcome of a contract may depend on. */
export interface Conditions {
  /** SHA-256 over all of it, hex. */
  readonly digest: string
  /** Digest of each test file with the test files it imports, by absolute path. */
  readonly tests: Readonly<Record<string, string>>
  /** Digest of each file, link and stamp, by absolute path. */
  readonly files: Readonly<Record<string, string>>
}

/** What test workers need to find outcomes of earlier runs; plain data. */
export interface ReuseGround {
  readonly conditions: Conditions
  /** Digest of every migration, since later ones excuse failures of endpoints. */
  readonly migrations: string
  /** Provider and version. */
  readonly postgres: string
  /** What may be told again, by key; empty where the run is to try everything. */
  readonly kept: Readonly<Record<string, KeptOutcome>>
}
