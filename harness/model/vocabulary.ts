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
} from './expectation.ts'
import type { ForeignKeyAction } from './schema-model.ts'

/** A column inside `table(…)`; see `required` and `optional`. */
export interface ColumnShape {
  readonly type: string
  readonly nullable: boolean
  readonly default: string | null
  readonly generated?: Generation
}

/** Further properties of a column; `generated` is for identity and computed columns. */
export interface ColumnOptions {
  readonly default?: string
  readonly generated?: Generation
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
}

export interface IndexShape {
  readonly keys: readonly string[]
  readonly unique?: boolean
  readonly where?: string
  readonly name?: string
  readonly method?: string
  readonly include?: readonly string[]
}

export interface TableShape {
  readonly columns?: Readonly<Record<string, ColumnShape>>
  /** True when the table may have no other columns than those listed. Default false. */
  readonly exactly?: boolean
  readonly primaryKey?: readonly string[]
  readonly uniques?: readonly (readonly string[])[]
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
    ...(shape.primaryKey ? [{ kind: 'primary-key' as const, table: name, columns: shape.primaryKey }] : []),
    ...(shape.uniques ?? []).map((unique) => ({ kind: 'unique' as const, table: name, columns: unique })),
    ...(shape.foreignKeys ?? []).map((key) => foreignKey(name, key)),
    ...(shape.indexes ?? []).map((entry) => index(name, entry)),
  ]
}

/** The table must not be there. */
export function noTable(name: TableName): TableExpectation {
  return { kind: 'table', table: name, exists: false }
}

/** One column of a table that other expectations describe. */
export function column(tableName: TableName, name: string, shape: ColumnShape): ColumnExpectation {
  return { kind: 'column', table: tableName, column: name, ...shape }
}

/** A validated foreign key with its actions; `onUpdate` defaults to CASCADE. */
export function foreignKey(tableName: TableName, key: ForeignKeyShape): ForeignKeyExpectation {
  return { kind: 'foreign-key', table: tableName, onUpdate: 'CASCADE', ...key }
}

/** A valid index; `unique` defaults to false, `where` to no predicate. */
export function index(tableName: TableName, shape: IndexShape): IndexExpectation {
  return {
    ...shape,
    kind: 'index',
    table: tableName,
    unique: shape.unique ?? false,
    where: shape.where ?? null,
  }
}

/** A validated CHECK constraint. */
export function check(tableName: TableName, name: string, definition?: string): CheckExpectation {
  return { kind: 'check', table: tableName, name, ...(definition === undefined ? {} : { definition }) }
}

/** An enum type with exactly these values in this order. */
export function enumType(name: string, values: readonly string[]): EnumExpectation {
  return { kind: 'enum', name, values }
}

/** A sequence that is ahead of the column it feeds. */
export function sequence(name: string): SequenceExpectation {
  return { kind: 'sequence', name }
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
 * After this phase the schema equals the reference. With `beyondTheFile: 'allowed'` the database may have what the tool's schema file
 * cannot say (checks, triggers, partial indexes, views): then that is not judged, which the proof says as a limit.
 */
export function sameSchemaAs(
  reference: SchemaReference,
  options: Pick<SameSchemaExpectation, 'beyondTheFile'> = {},
): SameSchemaExpectation {
  return { kind: 'same-schema', reference, ...options }
}
