import type { TableName } from '../model/expectation.ts'
import type { SchemaModel, TableModel } from '../model/schema-model.ts'

/** `trips` -> `public.trips`; a name with a namespace stays as it is. */
export function qualify(table: TableName): string {
  return table.includes('.') ? table : `public.${table}`
}

/** `public.trips` -> `trips`; other namespaces stay visible, and so does `public` before a name with a dot: `public.v1.events`. */
export function toShortName(qualified: string): string {
  const short = qualified.replace(/^public\./, '')
  return short.includes('.') ? qualified : short
}

/** The table of that name, or undefined. A name with a dot may also be one of `public`: `v1.events`. */
export function findTable(schema: SchemaModel, table: TableName): TableModel | undefined {
  const named = (name: string) =>
    schema.tables.find((entry) => `${entry.namespace}.${entry.name}` === name.replaceAll('"', ''))
  return named(qualify(table)) ?? named(`public.${table}`)
}

/** Same names in the same order. */
export function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((entry, position) => entry === b[position])
}

/** `(a, b)`. */
export function toTuple(columns: readonly string[]): string {
  return `(${columns.join(', ')})`
}

/** The table whose partition this one is, without the quotes that Postgres prints; none for any other table. */
export function parentsOf(table: TableModel | undefined): string[] {
  return (table?.properties ?? []).flatMap(
    ({ name }) => /^partition of (.+)$/.exec(name)?.[1]?.replaceAll('"', '') ?? [],
  )
}
