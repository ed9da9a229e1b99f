import type { PostgresChoice } from './ports.ts'

/** What a run proves and how. Plain data: it travels from the command line to the test workers. */
export interface RunOptions {
  /** Folder below `scenarios/`. */
  readonly scenario: string
  /** Id of the last phase, or all phases. */
  readonly upTo: number | 'all'
  readonly postgres: PostgresChoice
  /** Use no checkpoint and no outcome of earlier runs. */
  readonly fresh: boolean
  /** Refuse a server whose Postgres major is not the snapshot's, instead of naming it as a limit. */
  readonly strict: boolean
  /** After a migration that fails, try the others of its phase on a clone. */
  readonly keepGoing?: true
  /** Which databases stay for a person to look at. */
  readonly keep: 'nothing' | 'failed' | 'all'
  /** Run the API contracts too; without them nothing is proven where the scenario has a server. */
  readonly contracts: boolean
  /** Contracts after every later phase, not only the newest; the last phase compared with the linear replay, asked for or not. */
  readonly thorough: boolean
  /** Leave out the experiments that take longest: a limit says which. */
  readonly quick?: boolean
  /** Multiply rows of the snapshot: what stood behind `--scale`, empty for all tables. */
  readonly scale?: string
  /** Bounds and seed of the generated requests. */
  readonly cases: CaseOptions
}

/** How many generated requests each operation gets, and what draws them. */
export interface CaseOptions {
  /** Requests that break what the document states, per operation at most. */
  readonly statedPerOperation: number
  /** Random inputs per operation at most. */
  readonly randomPerOperation: number
  readonly seed: number
}
