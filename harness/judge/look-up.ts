import type { TableName } from '../model/expectation.ts'
import type { SchemaModel, TableModel } from '../model/schema-model.ts'

/** `trips` -> `public.trips`; a name with a namespace stays as it is. */
export function qualify(table: TableName): string {
  return table.includes('.') ? table : `public.${table}`
}

/** `public.trips` -> `trips`; other namespaces stay visible. */
export function toShortName(qualified: string): string {
  return qualified.startsWith('public.') ? qualified.slice('public.'.length) : qualified
}

/** The table of that name, or undefined. */
export function findTable(schema: SchemaModel, table: TableName): TableModel | undefined {
  const qualified = qualify(table)
  return schema.tables.find((entry) => `${entry.namespace}.${entry.name}` === qualified)
}

/** Same names in the same order. */
export function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((entry, position) => entry === b[position])
}

/** `(a, b)`. */
export function toTuple(columns: readonly string[]): string {
  return `(${columns.join(', ')})`
}
