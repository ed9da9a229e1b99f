import type { CostBudget } from './budget.ts'
import type { Declarations } from './declaration.ts'
import type { Resolve } from './history.ts'
import type { AlternativeOrder } from './order.ts'
import type { Deferral, ForeignKeyAction } from './schema-model.ts'

/** Name of a table: `trips` means `public.trips`; another namespace is written out, `audit.events`. */
export type TableName = string

/** SQLSTATE, five characters, for example `23505` (unique_violation). */
export type SqlState = string

export interface TableExpectation {
  readonly kind: 'table'
  readonly table: TableName
  /** False: the table must not be there (not yet, or no longer). */
  readonly exists: boolean
}

export interface ColumnExpectation {
  readonly kind: 'column'
  readonly table: TableName
  readonly column: string
  /**
   * Type as format_type prints it. The short forms of `toCanonicalType` (`timestamp(3)`, `int4`, `bool`, …) work too.
   */
  readonly type: string
  readonly nullable: boolean
  /** How Postgres fills the column; absent for an ordinary column. */
  readonly generated?: Generation
  /** What a computed column is, as Postgres prints it: `(price * 2)`; absent for whatever it is. */
  readonly expression?: string
  /** Name of the collation; absent for the type's own. */
  readonly collation?: string
  /** Default as Postgres prints it, with or without the cast to the column's own type; null for no default. */
  readonly default: string | null
}

export type Generation = 'identity-always' | 'identity-by-default' | 'stored'

/** The table has these columns and no others. */
export interface ColumnsExpectation {
  readonly kind: 'columns'
  readonly table: TableName
  readonly columns: readonly string[]
}

export interface PrimaryKeyExpectation {
  readonly kind: 'primary-key'
  readonly table: TableName
  readonly columns: readonly string[]
  /** When it is checked, for one that may wait; absent: it may not. */
  readonly deferrable?: Deferral
  /** Columns behind INCLUDE; absent for none. */
  readonly include?: readonly string[]
}

/** Rows are unique over these columns: a valid unique constraint or a valid unique index without predicate. */
export interface UniqueExpectation {
  readonly kind: 'unique'
  readonly table: TableName
  /** In any order; a collation or an operator class that is not the default follows the name. */
  readonly columns: readonly string[]
  /** True: two rows with NULL are refused; absent: they are not. */
  readonly nullsNotDistinct?: boolean
  /** Columns behind INCLUDE; absent for none. */
  readonly include?: readonly string[]
  /** When it is checked, for one that may wait; absent: it may not. */
  readonly deferrable?: Deferral
}

export interface ForeignKeyExpectation {
  readonly kind: 'foreign-key'
  readonly table: TableName
  readonly columns: readonly string[]
  readonly references: { readonly table: TableName; readonly columns: readonly string[] }
  readonly onDelete: ForeignKeyAction
  readonly onUpdate: ForeignKeyAction
  /** Columns that SET NULL or SET DEFAULT sets on delete; absent for all of the key. */
  readonly onDeleteColumns?: readonly string[]
  /** When it is checked, for one that may wait; absent: it may not. */
  readonly deferrable?: Deferral
  /** `FULL`: all of its columns are NULL, or none; absent for MATCH SIMPLE. */
  readonly match?: 'FULL'
}

export interface CheckExpectation {
  readonly kind: 'check'
  readonly table: TableName
  readonly name: string
  /**
   * Definition as pg_get_constraintdef prints it: `CHECK ((weight > 0))`, with `NO INHERIT` or `NOT VALID` behind it where that is
   * meant; absent for any condition.
   */
  readonly definition?: string
}

export interface IndexExpectation {
  readonly kind: 'index'
  readonly table: TableName
  /**
   * Key columns or expressions in order. What is not the default follows, as in CREATE INDEX: `name COLLATE "C" text_pattern_ops DESC`.
   */
  readonly keys: readonly string[]
  readonly unique: boolean
  /** Predicate as Postgres prints it; null: not partial. */
  readonly where: string | null
  /** Access method; absent for btree. */
  readonly method?: string
  /** Columns behind INCLUDE; absent for none. */
  readonly include?: readonly string[]
  /** True: two rows with NULL count as equal; absent: they do not. */
  readonly nullsNotDistinct?: boolean
  /** Storage parameters: `fillfactor=70`; absent for none. */
  readonly parameters?: readonly string[]
  /** Name of the index; absent for any name. */
  readonly name?: string
}

/** A part of a table that no other expectation states: a trigger, a policy, an exclusion constraint. */
export interface TablePartExpectation {
  readonly kind: 'table-part'
  readonly table: TableName
  /** Sort and name, as findings print them: `trigger orders_touch`, `row security`. */
  readonly part: string
  /** As findings print it; absent for any. */
  readonly definition?: string
}

export interface EnumExpectation {
  readonly kind: 'enum'
  readonly name: string
  readonly values: readonly string[]
}

/** The sequence exists, feeds its column, fits its type, and its next value lies beyond every value stored there. */
export interface SequenceExpectation {
  readonly kind: 'sequence'
  readonly name: string
  /** The column whose default or identity takes its values, `orders.id`; absent for whichever owns it. */
  readonly feeds?: string
  /** Whether that column owns it, so that it goes with the column; absent: as it is. */
  readonly owned?: boolean
}

/** SQL that runs on a clone in its own transaction, which is rolled back. */
export interface ProbeExpectation {
  readonly kind: 'probe'
  /** A claim: `a second unit with the same number in one agency is refused`. */
  readonly title: string
  /** One or more statements; only the last may be refused. */
  readonly sql: string
  readonly outcome: 'accepted' | { readonly refusedWith: SqlState }
}

/** After this phase the schema equals a reference, compared by our own catalog fingerprint. */
export interface SameSchemaExpectation {
  readonly kind: 'same-schema'
  readonly reference: SchemaReference
  /** Only for `target-schema`: may the database have what no schema file can say, such as checks and triggers? Left out: it may. */
  readonly beyondTheFile?: 'allowed' | 'refused'
  /** Differences that the scenario accepts for now. */
  readonly known?: readonly KnownDifference[]
}

/** A difference from a reference that somebody has accepted until a day. */
export interface KnownDifference {
  readonly reference: SchemaReference
  /** As findings begin with it: `orders: index orders_hotfix`, `enum State`. */
  readonly difference: string
  readonly reason: string
  /** Who sees to it that it goes. */
  readonly owner: string
  /** The last day on which it is accepted: `2026-12-31`. */
  readonly expires: string
}

/** `target-schema`: the schema file of the scenario's target; `linear`: all migrations in the tool's order on an empty database; `snapshot:<name>`: another environment. */
export type SchemaReference = 'target-schema' | 'linear' | `snapshot:${string}`

/** What an author writes down in a phase. */
export type StatedExpectation =
  | TableExpectation
  | ColumnExpectation
  | ColumnsExpectation
  | PrimaryKeyExpectation
  | UniqueExpectation
  | ForeignKeyExpectation
  | CheckExpectation
  | IndexExpectation
  | TablePartExpectation
  | EnumExpectation
  | SequenceExpectation
  | ProbeExpectation
  | SameSchemaExpectation

/**
 * Exactly the phase's migrations were newly applied, in this order, each finished and with the checksum of its file.
 */
export interface MigrationsAppliedExpectation {
  readonly kind: 'migrations-applied'
  readonly applied: readonly string[]
  /** What was to be recorded before the deploy, without running it. */
  readonly resolve: Required<Resolve>
}

/** Production's history already records this migration, and its file is unedited since. */
export interface MigrationRecordedExpectation {
  readonly kind: 'migration-recorded'
  readonly migration: string
}

/** Before the first phase the history holds only what the plan or the folder knows. */
export interface HistoryKnownExpectation {
  readonly kind: 'history-known'
  readonly known: readonly string[]
}

/** Production's history is true before the first phase, and what a phase repairs of it is true after it. */
export interface HistoryTrueExpectation {
  readonly kind: 'history-true'
  /** Judged before the first phase: all of it. */
  readonly whole: boolean
  /** Recorded migrations whose effects must be there after the phase. */
  readonly repairs: readonly string[]
  /** Migrations that the phase has recorded as applied: their effects must be there too. */
  readonly resolved: readonly string[]
  /** Recorded migrations that the scenario knows to be untrue. */
  readonly untrue: readonly string[]
}

/** No row of production stands in the way of a statement, as far as production was asked when the snapshot was captured. */
export interface PreconditionsMetExpectation {
  readonly kind: 'preconditions-met'
}

/**
 * Every table that was there holds the same rows with the same values under the same names, but for what the phase declares. A table
 * that it does not name in `changes` is the same in all of it.
 */
export interface ValuesKeptExpectation {
  readonly kind: 'values-kept'
  readonly changes: readonly TableName[]
  /** Tables and columns that the phase drops on purpose. */
  readonly drops: readonly string[]
  readonly declared: Required<Declarations>
}

/** No table or part of one disappeared, and nothing else that `changes` allows to change, unless the phase names it in `drops`. What is renamed is still there. */
export interface NothingDroppedExpectation {
  readonly kind: 'nothing-dropped'
  readonly changes: readonly TableName[]
  readonly except: readonly string[]
}

/** What the phase does not name in `changes` stays as the catalogs describe it, and nothing else appears or disappears. */
export interface NothingElseChangedExpectation {
  readonly kind: 'nothing-else-changed'
  /** Tables, and enums, views, functions, sequences or extensions by name. */
  readonly changes: readonly TableName[]
  /** `counted`: a change of comments, storage or statistics counts too. */
  readonly operations: 'told' | 'counted'
}

/** Tables that the phase names change only in what it states. */
export interface NothingUnexpectedExpectation {
  readonly kind: 'nothing-unexpected'
  readonly changes: readonly TableName[]
  readonly drops: readonly string[]
  /** What the phase states. */
  readonly stated: readonly StatedExpectation[]
  /** What is compared with the target, where the scenario has one. */
  readonly target: TargetTablesExpectation | null
}

/** What this phase is the last to change is as the schema file of the scenario's target says. */
export interface TargetTablesExpectation {
  readonly kind: 'target-tables'
  readonly changes: readonly TableName[]
  /** What later phases name. */
  readonly later: readonly TableName[]
  readonly known: readonly KnownDifference[]
}

/** No row refers to a row that is not there, unless it did so before the phase. */
export interface NoOrphansExpectation {
  readonly kind: 'no-orphans'
}

/** What the plan says of production before it is so. */
export interface ClaimsHoldExpectation {
  readonly kind: 'claims-hold'
  readonly there: readonly TableName[]
  readonly missing: readonly TableName[]
}

/** The phase's rollback leads back to the state before it, from where the phase can be applied again. */
export interface RollsBackExpectation {
  readonly kind: 'rolls-back'
  /** Path of the script, relative to the project root. */
  readonly file: string
  /** SHA-256 of the script, hex; null: it is missing although other phases have one. */
  readonly sha256: string | null
  /** Differences that the phase declares, as they begin. */
  readonly leaves: readonly string[]
}

/** A second deploy of the phase changes nothing. */
export interface DeploysAgainExpectation {
  readonly kind: 'deploys-again'
}

/** Wherever a deploy of the phase stops, a person gets from there to the state after it. */
export interface RecoversExpectation {
  readonly kind: 'recovers'
  /** Path of the script that undoes the phase, relative to the project root; null where there is none. */
  readonly rollback: string | null
}

/** Two deploys of the phase at once lead to the state that one leads to, and neither fails. */
export interface DeploysAtOnceExpectation {
  readonly kind: 'deploys-at-once'
}

/** The deploy of the phase keeps to what it may cost. */
export interface WithinBudgetExpectation {
  readonly kind: 'within-budget'
  readonly budget: Required<CostBudget>
}

/** The phase needs what it declares and nothing else, and the order of all other phases makes no difference. */
export interface OrderFreeExpectation {
  readonly kind: 'order-free'
}

/** Other orders that the plan allows for lead to the same catalog and rows, or fail as the plan says. */
export interface AlternativesHoldExpectation {
  readonly kind: 'alternatives-hold'
  readonly alternatives: readonly AlternativeOrder[]
}

/** What migrations alone put into tables is the same on the path of the phases and where all migrations run in a row. */
export interface ConvergesExpectation {
  readonly kind: 'converges'
}

/** The rollbacks of this phase and of all before it lead back to the state before the plan. */
export interface RollsBackAllExpectation {
  readonly kind: 'rolls-back-all'
  /** Differences that these phases declare, as they begin. */
  readonly leaves: readonly string[]
}

/** A backup of the state before the phase, and one of that before the plan, bring the database back after it. */
export interface RestoresExpectation {
  readonly kind: 'restores'
}

/** Expectations that hold for every phase without being written down. */
export type ImpliedExpectation =
  | MigrationsAppliedExpectation
  | MigrationRecordedExpectation
  | HistoryKnownExpectation
  | HistoryTrueExpectation
  | PreconditionsMetExpectation
  | ValuesKeptExpectation
  | NothingDroppedExpectation
  | NothingElseChangedExpectation
  | NothingUnexpectedExpectation
  | NoOrphansExpectation
  | ClaimsHoldExpectation
  | RollsBackExpectation
  | DeploysAgainExpectation
  | RecoversExpectation
  | DeploysAtOnceExpectation
  | OrderFreeExpectation
  | AlternativesHoldExpectation
  | ConvergesExpectation
  | RollsBackAllExpectation
  | RestoresExpectation
  | TargetTablesExpectation
  | WithinBudgetExpectation

export type Expectation = StatedExpectation | ImpliedExpectation
export type ExpectationKind = Expectation['kind']
