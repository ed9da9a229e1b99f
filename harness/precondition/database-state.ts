import { quoteName, quoteTable } from '../ground/quote.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import type { Of } from './sql-tree.ts'

/** A column as it is before a statement. */
export interface ColumnState {
  /** As SQL. */
  readonly type: string
  /** Columns of the state before the phase whose values it holds, `namespace.table.column`. */
  readonly origins: ReadonlySet<string>
  /** The statement of this phase that fills it in a way that cannot be told beforehand; null for none. */
  readonly doubt: string | null
}

/** A constraint that is there without having been checked, or an index, by its parse tree. */
export type Constraint = Of<'Constraint'>

/** A table as it is before a statement, told from the rows that were there before the phase. */
export interface TableState {
  namespace: string
  name: string
  /** What stands behind FROM and yields the table's rows with their columns of now. */
  source: string
  columns: Map<string, ColumnState>
  /** Made in this phase, so all of its rows come from the phase. */
  readonly isNew: boolean
  /** The statement that adds rows or removes some in a way that cannot be told beforehand. */
  adds: string | null
  removes: string | null
  primaryKey: readonly string[]
  /** By name: what VALIDATE CONSTRAINT will check, as text behind ADD, or its tree. */
  readonly constraints: Map<string, string | Constraint>
  /** Key columns of indexes, by name. */
  readonly indexes: Map<string, readonly string[]>
  /** Generated columns: they follow the others. */
  readonly generated: ReadonlySet<string>
}

/** An enum as it is before a statement. */
interface EnumState {
  readonly values: readonly string[]
  /** False: it is as it was before the phase, so a condition may name it. */
  readonly isChanged: boolean
}

/** The database as it is before a statement of a phase, as SQL over the state before the phase. */
export class DatabaseState {
  readonly tables = new Map<string, TableState>()
  readonly enums = new Map<string, EnumState>()
  searchPath: readonly string[] = ['public']
  readonly cascades: { parent: string; child: string }[] = []

  /** Major of the server that is asked. */
  readonly major: number

  constructor(schema: Pick<SchemaModel, 'tables' | 'enums'>, major: number) {
    this.major = major
    for (const { namespace, name, values } of schema.enums) {
      this.enums.set(`${namespace}.${name}`, { values, isChanged: false })
    }
    for (const table of schema.tables) {
      const key = `${table.namespace}.${table.name}`
      this.tables.set(key, {
        namespace: table.namespace,
        name: table.name,
        source: quoteTable(table),
        columns: new Map(
          table.columns.map(({ name, type }) => [
            name,
            { type, origins: new Set([`${key}.${name}`]), doubt: null },
          ]),
        ),
        isNew: false,
        adds: null,
        removes: null,
        primaryKey: table.constraints.find(({ kind }) => kind === 'primary-key')?.columns ?? [],
        constraints: new Map(table.constraints.map(({ name, definition }) => [name, definition])),
        indexes: new Map(table.indexes.map(({ name, keys }) => [name, keys])),
        generated: new Set(
          table.columns.flatMap(({ name, generated }) => (generated?.startsWith('stored') ? [name] : [])),
        ),
      })
      for (const { references } of table.constraints) {
        if (references && references.onDelete !== 'NO ACTION' && references.onDelete !== 'RESTRICT')
          this.cascades.push({ parent: references.table, child: key })
      }
    }
  }

  /** The key of a table as a statement names it. */
  keyOf(range: { schemaname?: string | undefined; relname?: string | undefined } | undefined): string {
    const name = range?.relname ?? ''
    if (range?.schemaname) return `${range.schemaname}.${name}`
    const found = this.searchPath.find((namespace) => this.tables.has(`${namespace}.${name}`))
    return `${found ?? this.searchPath[0] ?? 'public'}.${name}`
  }

  find(range: Of<'RangeVar'> | undefined): TableState | undefined {
    return this.tables.get(this.keyOf(range))
  }

  /** The key of a type as a statement names it. */
  typeKeyOf(names: readonly string[]): string {
    if (names.length > 1) return names.slice(-2).join('.')
    const name = names[0] ?? ''
    const found = this.searchPath.find((namespace) => this.enums.has(`${namespace}.${name}`))
    return `${found ?? this.searchPath[0] ?? 'public'}.${name}`
  }

  /** The enum that a type, as SQL, is or is an array of. */
  enumOf(type: string): (EnumState & { readonly key: string }) | undefined {
    const key = toTypeKey(type)
    const found = this.enums.get(key)
    return found && { ...found, key }
  }

  /** Type to cast to on the state before the phase: text stands for an enum that only the phase brings. */
  castable(type: string): string {
    if (!this.enumOf(type)?.isChanged) return type
    return /\[\d*\]$/.test(type) ? 'text[]' : 'text'
  }

  /** Replaces values of columns in the rows of a table, or adds columns. */
  project(table: TableState, values: ReadonlyMap<string, string>, alias = table.name): void {
    const names = [...new Set([...table.columns.keys(), ...values.keys()])]
    const list = names.map((name) => {
      const value = values.get(name)
      return value === undefined ? quoteName(name) : `${value} AS ${quoteName(name)}`
    })
    table.source = `(SELECT ${list.join(', ')} FROM ${table.source} AS ${quoteName(alias)})`
  }

  /** Marks an enum as one that conditions cannot name, and reads its columns as text. */
  changeEnum(key: string, values: readonly string[]): void {
    const wasChanged = this.enums.get(key)?.isChanged ?? false
    if (!wasChanged) {
      for (const table of this.tables.values()) {
        const columns = [...table.columns].filter(([, { type }]) => toTypeKey(type) === key)
        const casts = columns.map(
          ([name, { type }]) =>
            [name, `${quoteName(name)}::${/\[\d*\]$/.test(type) ? 'text[]' : 'text'}`] as const,
        )
        if (casts.length > 0) this.project(table, new Map(casts))
      }
    }
    this.enums.set(key, { values, isChanged: true })
  }

  renameType(from: string, to: string): void {
    const known = this.enums.get(from)
    if (known === undefined) return
    this.changeEnum(from, known.values)
    this.enums.delete(from)
    this.enums.set(to, { values: known.values, isChanged: true })
    for (const table of this.tables.values()) {
      for (const [name, column] of table.columns) {
        if (toTypeKey(column.type) !== from) continue
        const dimensions = /\[\d*\]$/.test(column.type) ? '[]' : ''
        table.columns.set(name, { ...column, type: `${to}${dimensions}` })
      }
    }
  }

  renameTable(table: TableState, namespace: string, name: string): void {
    const from = `${table.namespace}.${table.name}`
    this.tables.delete(from)
    table.namespace = namespace
    table.name = name
    this.tables.set(`${namespace}.${name}`, table)
    for (const cascade of this.cascades) {
      if (cascade.parent === from) cascade.parent = `${namespace}.${name}`
      if (cascade.child === from) cascade.child = `${namespace}.${name}`
    }
  }
}

function toTypeKey(type: string): string {
  const bare = type.replace(/(\[\d*\])+$/, '').replaceAll('"', '')
  return bare.includes('.') ? bare : `public.${bare}`
}
