import type { TableContent } from '../../model/content.ts'

/** Tables of another lineage have other identifiers, and columns other numbers: only names are the same. */
export function byName(tables: readonly TableContent[]): readonly TableContent[] {
  return tables.map((table) => ({ ...table, oid: `${table.namespace}.${table.name}` }))
}
