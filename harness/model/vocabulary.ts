import type {
  CheckExpectation,
  ColumnExpectation,
  EnumExpectation,
  ForeignKeyExpectation,
  Generation,
  IndexExpectation,
  ProbeExpectation,
  SameSchemaExpectation,
  SchemaReference,
  SequenceExpectation,
  SqlState,
  StatedExpectation,
  TableExpectation,
  TableName,
  TablePartExpectation,
} from './expectation.ts'
import type { Deferral, ForeignKeyAction } from './schema-model.ts'

/** A column inside `table(…)`; see `required` and `optional`. */
export interface ColumnShape {
  readonly type: string
  readonly nullable: boolean
  readonly default: string | null
  readonly generated?: Generation
  readonly expression?: string
  readonly collation?: string
}

/** Further properties of a column; `generated` is for identity and computed columns, `expression` for what is computed. */
export interface ColumnOptions {
  readonly default?: string
  readonly generated?: Generation
  readonly expression?: string
  readonly collation?: string
}

/** A NOT NULL column: `required('text')`, `required('boolean', { default: 'false' })`. */
export function required(type: string, options: ColumnOptions = {}): ColumnShape {
  return { ...options, type, nullable: false, default: options.default ?? null }
}

/** A column that may be NULL. */
export function optional(type: string, options: ColumnOptions = {}): ColumnShape {
  return { ...options, type, nullable: true, default: options.default ?? null }
}

/** A foreign key inside `table(…)`; actions have defaults: ON DELETE SET NULL is never assumed, it must be said. */
export interface ForeignKeyShape {
  readonly columns: readonly string[]
  readonly references: { readonly table: TableName; readonly columns: readonly string[] }
  readonly onDelete: ForeignKeyAction
  readonly onUpdate?: ForeignKeyAction
  readonly onDeleteColumns?: readonly string[]
  readonly deferrable?: Deferral
  readonly match?: 'FULL'
}

/** A unique rule inside `table(…)` that is more than its columns. */
export interface UniqueShape {
  readonly columns: readonly string[]
  readonly nullsNotDistinct?: boolean
  readonly include?: readonly string[]
  readonly deferrable?: Deferral
}

export interface IndexShape {
  readonly keys: readonly string[]
  readonly unique?: boolean
  readonly where?: string
  readonly name?: string
  readonly method?: string
  readonly include?: readonly string[]
  readonly nullsNotDistinct?: boolean
  readonly parameters?: readonly string[]
}

export interface TableShape {
  readonly columns?: Readonly<Record<string, ColumnShape>>
  /** True when the table may have no other columns than those listed. Default false. */
  readonly exactly?: boolean
  readonly primaryKey?: readonly string[] | Omit<UniqueShape, 'nullsNotDistinct'>
  readonly uniques?: readonly (readonly string[] | UniqueShape)[]
  readonly foreignKeys?: readonly ForeignKeyShape[]
  readonly indexes?: readonly IndexShape[]
}

/** A table and what it must have: one expectation each for the table, its columns, keys and indexes. */
export function table(name: TableName, shape: TableShape = {}): readonly StatedExpectation[] {
  const columns = Object.entries(shape.columns ?? {})
  return [
    { kind: 'table', table: name, exists: true },
    ...columns.map(([column, expected]) => ({ kind: 'column' as const, table: name, column, ...expected })),
    ...(shape.exactly
      ? [{ kind: 'columns' as const, table: name, columns: columns.map(([column]) => column) }]
      : []),
    ...(shape.primaryKey
      ? [{ kind: 'primary-key' as const, table: name, ...toKeyShape(shape.primaryKey) }]
      : []),
    ...(shape.uniques ?? []).map((key) => ({ kind: 'unique' as const, table: name, ...toKeyShape(key) })),
    ...(shape.foreignKeys ?? []).map((key) => foreignKey(name, key)),
    ...(shape.indexes ?? []).map((entry) => index(name, entry)),
  ]
}

function toKeyShape(key: readonly string[] | UniqueShape): UniqueShape {
  return 'columns' in key ? key : { columns: key }
}

/** The table must not be there. */
export function noTable(name: TableName): TableExpectation {
  return { kind: 'table', table: name, exists: false }
}

/** One column of a table that other expectations describe. */
export function column(tableName: TableName, name: string, shape: ColumnShape): ColumnExpectation {
  return { kind: 'column', table: tableName, column: name, ...shape }
}

/** A foreign key with its actions that is enforced: validated, its triggers on, no row without a parent. `onUpdate` defaults to CASCADE. */
export function foreignKey(tableName: TableName, key: ForeignKeyShape): ForeignKeyExpectation {
  return { kind: 'foreign-key', table: tableName, onUpdate: 'CASCADE', ...key }
}

/** A valid index. What is left out must be as Postgres has it by default: not unique, no predicate, no operator class. */
export function index(tableName: TableName, shape: IndexShape): IndexExpectation {
  return {
    ...shape,
    kind: 'index',
    table: tableName,
    unique: shape.unique ?? false,
    where: shape.where ?? null,
  }
}

/** A CHECK constraint, validated unless its definition ends with NOT VALID. */
export function check(tableName: TableName, name: string, definition?: string): CheckExpectation {
  return { kind: 'check', table: tableName, name, ...(definition === undefined ? {} : { definition }) }
}

/** An enum type with exactly these values in this order. */
export function enumType(name: string, values: readonly string[]): EnumExpectation {
  return { kind: 'enum', name, values }
}

/**
 * A sequence that is ahead of the column it feeds and fits its type: `sequence('orders_id_seq', { feeds: 'orders.id' })`. The column
 * owns it, unless `owned` is false.
 */
export function sequence(
  name: string,
  options: { readonly feeds?: string; readonly owned?: boolean } = {},
): SequenceExpectation {
  const owned = options.owned ?? (options.feeds === undefined ? undefined : true)
  return { kind: 'sequence', name, ...options, ...(owned === undefined ? {} : { owned }) }
}

/**
 * A part of a table that no other word states, as findings name and print it: `has('orders', 'trigger orders_touch')`. Without a
 * definition any will do.
 */
export function has(tableName: TableName, part: string, definition?: string): TablePartExpectation {
  return { kind: 'table-part', table: tableName, part, ...(definition === undefined ? {} : { definition }) }
}

/** This SQL must be accepted on the migrated database. */
export function accepts(title: string, sql: string): ProbeExpectation {
  return { kind: 'probe', title, sql, outcome: 'accepted' }
}

/** This SQL must be refused with the SQLSTATE. */
export function refuses(title: string, refusedWith: SqlState, sql: string): ProbeExpectation {
  return { kind: 'probe', title, sql, outcome: { refusedWith } }
}

/**
 * After this phase the schema equals the reference. What the tool's schema file cannot say (checks, triggers, partial indexes, views) is
 * not compared with `target-schema`, which the proof says as a limit; `beyondTheFile: 'refused'` lets none of it be.
 */
export function sameSchemaAs(
  reference: SchemaReference,
  options: Pick<SameSchemaExpectation, 'beyondTheFile'> = {},
): SameSchemaExpectation {
  return { kind: 'same-schema', reference, ...options }
}
