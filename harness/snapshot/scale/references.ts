import { type SourceForeignKey, toTableKey } from '../../model/source.ts'
import type { KeyedTable } from './fetch-keys.ts'

/** References that copies can change, by table, and an order in which referred tables come first. */
export function planReferences(tables: readonly KeyedTable[]): {
  readonly order: readonly KeyedTable[]
  readonly movable: ReadonlyMap<string, readonly SourceForeignKey[]>
} {
  // A reference stays the one of the copied row where it cannot be changed by itself: its columns also belong to
  // another that does not follow from it, or keys would depend on themselves.
  const byKey = new Map(tables.map((table) => [toTableKey(table), table]))
  const movable = new Map(tables.map((table) => [toTableKey(table), toIndependent(table, byKey)]))
  const order: KeyedTable[] = []
  const state = new Map<KeyedTable, 'entered' | 'left'>()
  const visit = (table: KeyedTable): void => {
    state.set(table, 'entered')
    const label = toTableKey(table)
    const referred = new Set(listReferredColumns(table, tables))
    // What one column of a key refers to may be chosen together with the others.
    for (const { columns } of table.uniques) {
      if (columns.some((column) => referred.has(column))) for (const column of columns) referred.add(column)
    }
    for (const key of movable.get(label) ?? []) {
      if (!key.columns.some((column) => referred.has(column))) continue
      const parent = byKey.get(key.refers.table)
      if (!parent || state.get(parent) === 'left') continue
      if (state.get(parent) !== 'entered') visit(parent)
      else
        movable.set(
          label,
          (movable.get(label) ?? []).filter((other) => other !== key),
        )
    }
    state.set(table, 'left')
    order.push(table)
  }
  for (const table of tables) if (!state.has(table)) visit(table)
  return { order, movable }
}

/** Columns of a table that foreign keys refer to. */
export function listReferredColumns(table: KeyedTable, tables: readonly KeyedTable[]): readonly string[] {
  const label = toTableKey(table)
  const keys = tables.flatMap(({ foreignKeys }) => foreignKeys.filter(({ refers }) => refers.table === label))
  return [...new Set(keys.flatMap(({ refers }) => refers.columns))]
}

function toIndependent(
  { foreignKeys }: KeyedTable,
  byKey: ReadonlyMap<string, KeyedTable>,
): readonly SourceForeignKey[] {
  const shares = (a: SourceForeignKey, b: SourceForeignKey) =>
    a.columns.some((column) => b.columns.includes(column))
  return foreignKeys.filter((key) => {
    const others = foreignKeys.filter((other) => other !== key && shares(key, other))
    return (
      byKey.has(key.refers.table) && others.every((other) => follows(other, key, byKey.get(key.refers.table)))
    )
  })
}

/**
 * Tells whether one reference holds wherever the leading one does, because the row it leads to has the same
 * reference.
 */
function follows(
  other: SourceForeignKey,
  leading: SourceForeignKey,
  parent: KeyedTable | undefined,
): boolean {
  const places = other.columns.map((column) => leading.columns.indexOf(column))
  if (places.includes(-1) || places.length === leading.columns.length) return false
  const columns = places.map((place) => leading.refers.columns[place])
  const pairs = (from: readonly unknown[], to: readonly unknown[]) =>
    JSON.stringify(from.map((one, at) => [one, to[at]]).sort())
  return (
    parent?.foreignKeys.some(
      ({ columns: own, refers }) =>
        refers.table === other.refers.table &&
        pairs(own, refers.columns) === pairs(columns, other.refers.columns),
    ) ?? false
  )
}
