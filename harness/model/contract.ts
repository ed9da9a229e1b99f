/** Name of a check of an answer, in Schemathesis' vocabulary, which the field uses. */
export type ConformanceCheck =
  | 'not_a_server_error'
  | 'status_code_conformance'
  | 'content_type_conformance'
  | 'response_schema_conformance'
  | 'negative_data_rejection'
  | 'ignored_auth'
  | 'unsupported_method'

/** One way in which an answer differs from the OpenAPI document. Texts hold no value of a sensitive property. */
export interface ContractFault {
  readonly check: ConformanceCheck
  /** null: the document has no operation for this request. */
  readonly operationId: string | null
  /** `POST /api/trips/{id}/dispatch`, with the template of the path where there is one. */
  readonly request: string
  readonly status: number
  /** JSON pointer into the body; empty for the whole of it. */
  readonly pointer: string
  readonly expected: string
  readonly got: string
}

/** An operation that answered with one of its documented statuses, the unit of coverage. */
export interface ExercisedResponse {
  readonly operationId: string
  /** Key as the document writes it: `201`, `2XX`, `default`. */
  readonly status: string
}

/**
 * What a contract test claims about earlier phases: a `flow` works because of its phase and fails before it; a `kept`
 * flow worked before as well; a `test` makes no claim.
 */
export type ContractKind = 'flow' | 'kept' | 'test'

/**
 * One trial of a contract on the checkpoint of a phase, 0 being the loaded snapshot. `rollout` marks one on an
 * earlier server that the contract was not written for.
 */
export interface ContractTrial {
  readonly kind: ContractKind
  /** The phase in whose folder the contract lies. */
  readonly phase: number
  readonly checkpoint: number
  readonly role: 'before' | 'own' | 'after' | 'rollout'
  /** The earlier server of the run; absent for the scenario's own. */
  readonly server?: string
}

/** How one endpoint answered after one phase; 0 is the snapshot as it was loaded. */
export interface EndpointCell {
  readonly phase: number
  /** null: it was not called. */
  readonly status: number | null
  /**
   * `alive`: it worked. `refused`: the sample input was not accepted. `dead`: the server failed before the phase that
   * brings the endpoint, as it should. `failed`: the server failed from that phase on, which is a finding.
   */
  readonly outcome: 'alive' | 'refused' | 'dead' | 'failed' | 'not-called'
}

/** A table or column that the database lacks after a phase and that a later phase creates. */
export interface ObjectToCome {
  /** Without `public.`; with any other namespace: `audit.entries`. */
  readonly table: string
  /** null: the whole table. */
  readonly column: string | null
}

/** A row of the matrix of endpoints and phases. */
export interface EndpointRow {
  readonly operationId: string
  readonly method: string
  readonly path: string
  /** First phase after which the document promises that it works. */
  readonly sincePhase: number
  readonly cells: readonly EndpointCell[]
}

/** What the answers of a scenario's server are held against; paths are relative to the scenario's folder. */
export interface ContractSpec {
  /** OpenAPI 3.1, YAML or JSON. */
  readonly document: string
  /** Module whose default export is a `SweepPlan`; without it the endpoints are not swept. */
  readonly sweep?: string
}

/** Where valid input for every operation comes from. */
export interface SweepPlan {
  /**
   * Values of seeded rows, by table and column. Every table gets one row with every foreign key set. Missing values
   * are made up by type, ids as `sweep-<table>`. Tables and columns of later phases are skipped.
   */
  readonly rows: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /**
   * Kinds of users, each with the login request. An operation is called as each kind in turn until one is allowed.
   */
  readonly users: Readonly<Record<string, SweepUser>>
  /** Values of parameters and properties by name: `agencyId`. `{operationId}` in a text makes unique values. */
  readonly values?: Readonly<Record<string, SampleValue>>
  /**
   * The row that a path leads to, keyed by the path before its parameter: `/api/units`. Lists at that path must
   * contain the row.
   */
  readonly ids?: Readonly<Record<string, SampleValue>>
  /** Input of single operations by operationId; it wins over `x-sample` of the document. */
  readonly samples?: Readonly<Record<string, Sample>>
}

/** A value, or the first column of the first row that SQL finds on the clone. */
type SampleValue = unknown

/** Input of one operation. Anything missing is made up from the document. */
export interface Sample {
  /** Only this kind of user. */
  readonly as?: string
  readonly path?: Readonly<Record<string, SampleValue>>
  readonly query?: Readonly<Record<string, SampleValue>>
  readonly body?: SampleValue
  /**
   * SQL that puts the seeded rows into the state that the operation needs. It is skipped where it meets an object of
   * a later phase.
   */
  readonly before?: string
  /** SQL that finds ids which the answer must contain. False means that not even the row of `ids` must be in it. */
  readonly holds?: string | false
  /** Reason why the operation is not called. */
  readonly skip?: string
}

/** How a user logs in. */
interface SweepUser {
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  /** JSON pointer to the token in the answer. */
  readonly token: string
}

/** Checks a plan's type where it is written, and returns it unchanged. */
export function defineSweep(plan: SweepPlan): SweepPlan {
  return plan
}
