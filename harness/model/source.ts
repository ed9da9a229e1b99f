/** How the text of a value is read, from its column's type. */
export type ValueForm = 'text' | 'integer' | 'decimal' | 'uuid' | 'date' | 'json' | 'other'

/** Tables of a database as a capture sees them, read from the catalogs. Partitions belong to their root table. */
export interface Source {
  /** Shown in messages: database and host, no credentials. */
  readonly name: string
  readonly postgres: { readonly version: string; readonly major: number }
  readonly tables: readonly SourceTable[]
}

export interface SourceTable {
  readonly namespace: string
  readonly name: string
  readonly partitioned: boolean
  /** Columns that decide the partition, for a table without a default partition. */
  readonly partitionedBy: readonly string[]
  /** In the order of the table. */
  readonly columns: readonly SourceColumn[]
  /** Empty when there is no primary key. */
  readonly primaryKey: readonly string[]
  readonly uniques: readonly SourceUnique[]
  readonly foreignKeys: readonly SourceForeignKey[]
  readonly checks: readonly { readonly name: string; readonly columns: readonly string[] }[]
  /** Rows by the planner's estimate. */
  readonly estimatedRows: number
}

export interface SourceColumn {
  readonly name: string
  /** pg_catalog.format_type. */
  readonly type: string
  readonly form: ValueForm
  readonly integer: 'int2' | 'int4' | 'int8' | null
  readonly isArray: boolean
  /** Characters of a varchar or char, its domain included. */
  readonly maxLength: number | null
  readonly notNull: boolean
  /** Computed by Postgres, so never copied. */
  readonly generated: boolean
}

/** A unique index or primary key; `columns` includes those that only its expressions or predicate use. */
interface SourceUnique {
  readonly name: string
  readonly columns: readonly string[]
}

export interface SourceForeignKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly refers: { readonly table: string; readonly columns: readonly string[] }
}

/** The name by which policies know a table. */
export function toTableKey(table: { readonly namespace: string; readonly name: string }): string {
  return `${table.namespace}.${table.name}`
}
