import { toCanonicalDefault, toCanonicalType } from '../judge/canonical.ts'
import { findTable, qualify, toShortName } from '../judge/look-up.ts'
import type { HistoryRow } from '../model/history.ts'
import type { ForeignKeyAction, SchemaModel, TableModel } from '../model/schema-model.ts'

/** What the structural matchers look at: a checkpoint, or anything read by `inspectDatabase`. */
interface Inspected {
  readonly schema: SchemaModel
  readonly history: readonly HistoryRow[]
}

/** Parts of a column to compare; what is left out is not looked at. */
interface ColumnParts {
  readonly type?: string
  readonly nullable?: boolean
  readonly default?: string | null
}

interface SchemaMatchers<R = unknown> {
  /** The database has the table. */
  toHaveTable(table: string): R
  /** The table has the column, with these parts. */
  toHaveColumn(table: string, column: string, parts?: ColumnParts): R
  /** The table has a valid index over these keys in this order. */
  toHaveIndex(
    table: string,
    keys: readonly string[],
    parts?: { readonly unique?: boolean; readonly where?: string | null },
  ): R
  /** The table has a validated foreign key from these columns to that table. */
  toHaveForeignKey(
    table: string,
    columns: readonly string[],
    parts: {
      readonly references: string
      readonly onDelete?: ForeignKeyAction
      readonly onUpdate?: ForeignKeyAction
    },
  ): R
  /** The history holds the migration, finished and not rolled back. */
  toHaveAppliedMigration(name: string): R
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the parameter must be declared as Vitest declares it.
  interface Matchers<T = any> extends SchemaMatchers<T> {}
}

interface Match {
  readonly pass: boolean
  readonly message: () => string
}

/** Matchers for what `inspectDatabase` reads; `expect.extend(schemaMatchers)` adds them to a test's `expect`. */
export const schemaMatchers = {
  toHaveTable({ schema }: Inspected, table: string) {
    const tables = schema.tables.map(({ namespace, name }) => toShortName(`${namespace}.${name}`))
    return toMatch(findTable(schema, table) !== undefined, `table ${table}`, tables)
  },

  toHaveColumn(inspected: Inspected, table: string, column: string, parts: ColumnParts = {}) {
    return inTable(inspected, table, (model) => {
      const found = model.columns.find(({ name }) => name === column)
      const names = model.columns.map(({ name }) => name)
      if (!found) return toMatch(false, `column ${table}.${column}`, names)
      const type = parts.type === undefined ? found.type : toCanonicalType(parts.type)
      const wanted = {
        type,
        nullable: parts.nullable ?? found.nullable,
        default:
          parts.default === undefined
            ? toCanonicalDefault(found.default, found.type)
            : toCanonicalDefault(parts.default, type),
      }
      const actual = {
        type: found.type,
        nullable: found.nullable,
        default: toCanonicalDefault(found.default, found.type),
      }
      const same = JSON.stringify(wanted) === JSON.stringify(actual)
      return toMatch(same, `column ${table}.${column} as ${JSON.stringify(wanted)}`, [JSON.stringify(actual)])
    })
  },

  toHaveIndex(
    inspected: Inspected,
    table: string,
    keys: readonly string[],
    parts: { unique?: boolean; where?: string | null } = {},
  ) {
    return inTable(inspected, table, (model) => {
      const pass = model.indexes.some(
        (index) =>
          index.valid &&
          index.ready &&
          index.keys.join() === keys.join() &&
          (parts.unique === undefined || index.unique === parts.unique) &&
          (parts.where === undefined || index.where === parts.where),
      )
      return toMatch(
        pass,
        `a valid index on ${table} (${keys.join(', ')}) ${JSON.stringify(parts)}`,
        model.indexes.map(({ definition }) => definition),
      )
    })
  },

  toHaveForeignKey(
    inspected: Inspected,
    table: string,
    columns: readonly string[],
    parts: { references: string; onDelete?: ForeignKeyAction; onUpdate?: ForeignKeyAction },
  ) {
    return inTable(inspected, table, (model) => {
      const pass = model.constraints.some(
        (key) =>
          key.references?.table === qualify(parts.references) &&
          key.validated &&
          key.columns.join() === columns.join() &&
          (parts.onDelete === undefined || key.references.onDelete === parts.onDelete) &&
          (parts.onUpdate === undefined || key.references.onUpdate === parts.onUpdate),
      )
      const found = model.constraints
        .filter(({ kind }) => kind === 'foreign-key')
        .map(({ definition }) => definition)
      return toMatch(pass, `foreign key ${table}(${columns.join(', ')}) to ${JSON.stringify(parts)}`, found)
    })
  },

  toHaveAppliedMigration({ history }: Inspected, name: string) {
    const row = history.findLast((entry) => entry.name === name)
    const pass = row !== undefined && row.finishedAt !== null && row.rolledBackAt === null
    const found = row
      ? [`started ${row.startedAt}, finished ${row.finishedAt}, rolled back ${row.rolledBackAt}`]
      : history.map((entry) => entry.name)
    return toMatch(pass, `${name} applied`, found)
  },
}

function inTable({ schema }: Inspected, table: string, match: (model: TableModel) => Match): Match {
  const model = findTable(schema, table)
  return model ? match(model) : toMatch(false, `table ${table}`, [])
}

function toMatch(pass: boolean, wanted: string, found: readonly string[]): Match {
  const list = found.length === 0 ? 'nothing of the kind' : found.join('\n          ')
  return { pass, message: () => `expected ${pass ? 'not ' : ''}${wanted}\n  found   ${list}` }
}
