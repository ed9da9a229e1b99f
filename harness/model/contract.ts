/** What a check of an answer is called; the names are Schemathesis', the field's vocabulary. */
export type ConformanceCheck =
  | 'not_a_server_error'
  | 'status_code_conformance'
  | 'content_type_conformance'
  | 'response_schema_conformance'
  | 'negative_data_rejection'
  | 'ignored_auth'
  | 'unsupported_method'

/** One way in which an answer is not what the OpenAPI document says. Texts hold no value of a sensitive property. */
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

/** An operation answered with one of its documented statuses: what the coverage is counted in. */
export interface ExercisedResponse {
  readonly operationId: string
  /** Key as the document writes it: `201`, `2XX`, `default`. */
  readonly status: string
}

/**
 * What a contract test claims about the phases around its own: a `flow` works because of its phase, so it fails before it; a
 * `kept` flow worked before as well; a `test` says nothing about the time before.
 */
export type ContractKind = 'flow' | 'kept' | 'test'

/** One run of a contract test: against the checkpoint of a phase, 0 being the snapshot as it was loaded. */
export interface ContractTrial {
  readonly kind: ContractKind
  /** The phase in whose folder the contract lies. */
  readonly phase: number
  readonly checkpoint: number
  readonly role: 'before' | 'own' | 'after'
}

/** How one endpoint answered after one phase; 0 is the snapshot as it was loaded. */
export interface EndpointCell {
  readonly phase: number
  /** null: it was not called. */
  readonly status: number | null
  /** `dead` before the phase it comes alive in, which is as it should be; `failed` from that phase on, which is a finding. */
  readonly outcome: 'alive' | 'dead' | 'failed' | 'not-called'
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

/** What the contracts of a scenario are held against besides their tests; paths are relative to the scenario's folder. */
export interface ContractSpec {
  /** OpenAPI 3.1, YAML or JSON. */
  readonly document: string
  /** Module whose default export is a `SweepPlan`. */
  readonly sweep?: string
}

/** Where valid input for a call of every operation comes from. */
export interface SweepPlan {
  /**
   * Values of seeded rows by table and column; what is left out is made up by type. One row a table, with every foreign key
   * set, so that joins meet the tables they need. A column or table that a phase does not have yet is passed over.
   */
  readonly rows: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Kinds of users that operations are called as: the request that logs one in, first come first taken for any operation. */
  readonly users: Readonly<Record<string, SweepUser>>
}

/** A login. */
export interface SweepUser {
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  /** JSON pointer to the token in the answer. */
  readonly token: string
}
