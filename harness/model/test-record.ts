import type { ContractTrial, EndpointCell, ExercisedResponse } from './contract.ts'
import type { Finding } from './finding.ts'
import type { LiveReport } from './live.ts'

/** What came of one test of a scenario, as plain data: the whole of what a verdict is drawn from, besides the evidence. */
export interface TestRecord {
  /** The test file, from the project's root, with `/` between folders; outside of the root an absolute path. */
  readonly file: string
  /** Name with the names of its suites: `refunds > an order is refunded`. */
  readonly name: string
  /** `not-run`: skipped, filtered out, left as todo, or never reached. */
  readonly state: 'passed' | 'failed' | 'not-run'
  readonly subject: TestSubject
  /** What the test found; empty when its claim was met; null when it was not judged. */
  readonly findings: readonly Finding[] | null
  readonly errors: readonly TestError[]
  /** How often the test runner tried the test again; what passes at a second try is not decided. */
  readonly retries: number
  readonly durationMs: number
  /** The outcome is that of an earlier run under the very same conditions. */
  readonly reused: boolean
  /** Key under which the outcome may be kept, or is kept already where it is reused; left out where no key holds all it depends on. */
  readonly outcomeKey?: string
  /** What the runs of a contract were and cost; empty for other tests. */
  readonly attempts: readonly AttemptCost[]
  /** Answers that the test got as the OpenAPI document describes them. */
  readonly exercised: readonly ExercisedResponse[]
}

/** What a test speaks about. A test that no registrar of ours made speaks about nothing, and still counts when it fails. */
type TestSubject =
  | { readonly kind: 'expectation'; readonly phase: number }
  | {
      readonly kind: 'contract'
      readonly trial: ContractTrial
      /** An earlier server does not do this after any phase so far. */
      readonly isNotServed: boolean
    }
  | { readonly kind: 'endpoints'; readonly report: EndpointReport }
  /** A contract of which only the title is written. */
  | { readonly kind: 'to-do'; readonly phase: number }
  | { readonly kind: 'live'; readonly report: LiveReport }
  | { readonly kind: 'unknown' }

/** An error of a test or around it, in words. */
export interface TestError {
  /** `AssertionError`, `HarnessError` … */
  readonly name: string
  readonly message: string
}

/** What a test of all endpoints after one phase saw. */
export interface EndpointReport {
  readonly phase: number
  readonly cells: readonly (EndpointCell & { readonly operationId: string })[]
  readonly notShown: readonly string[]
  /** What drew the generated requests; null where none were generated. */
  readonly seed: number | null
}

/** What one run of a contract cost and claimed. */
export interface AttemptCost {
  /** Wait for its clone, in ms. */
  readonly cloneMs: number
  readonly requests: number
  /** Calls of Vitest's `expect`. */
  readonly assertions: number
}

/** Something that went wrong outside of every test: a file that does not load, a hook, an unhandled rejection, a lost worker. */
export interface Disturbance {
  /** The test file as in `TestRecord.file`; null when nobody knows. */
  readonly file: string | null
  /** `refunds.contract.test.ts > refunds`, `the run`. */
  readonly where: string
  readonly message: string
}

/** Everything that the tests of a run came to. */
export interface TestReport {
  readonly records: readonly TestRecord[]
  readonly disturbances: readonly Disturbance[]
  /** Absolute paths of the project's modules that the tests loaded; left out where nobody knows. */
  readonly loaded?: readonly string[]
}
