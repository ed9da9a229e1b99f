import type { SqlNode } from '../ground/sql/parse-sql.ts'
import { visit } from '../ground/sql/visit.ts'
import type { DatabaseState, TableState } from './database-state.ts'
import { type Of, toNames } from './sql-tree.ts'

/** Columns of the state before the phase that a statement reads or constrains, `namespace.table.column`. */
export function listOrigins(statement: unknown, state: DatabaseState): ReadonlySet<string> {
  const tables = new Map<string, TableState>()
  const names: { name: string; of: string | undefined }[] = []
  let takesAll = false
  const name = (text: string | undefined) => names.push({ name: text ?? '', of: undefined })
  const range = (value: Of<'RangeVar'>) => {
    const table = state.find(value)
    if (table) tables.set(value.alias?.aliasname ?? value.relname ?? '', table)
  }
  visit({ statement }, (kind, value) => {
    if (kind === 'RangeVar' || kind === 'relation' || kind === 'pktable') range(value as Of<'RangeVar'>)
    if (kind === 'A_Star') takesAll = true
    if (kind === 'ColumnRef') {
      const fields = toNames(value.fields as SqlNode[])
      names.push({ name: fields.at(-1) ?? '', of: fields.at(-2) })
    }
    if (kind === 'Constraint') {
      const { keys, fk_attrs, pk_attrs, pktable } = value as Of<'Constraint'>
      for (const key of [...toNames(keys), ...toNames(fk_attrs), ...toNames(pk_attrs)]) name(key)
      if (pktable && !pk_attrs?.length) for (const key of state.find(pktable)?.primaryKey ?? []) name(key)
    }
    if (kind === 'AlterTableCmd' && /^AT_(SetNotNull|AlterColumnType)$/.test(String(value.subtype)))
      name(String(value.name))
    if (kind === 'IndexElem' && typeof value.name === 'string') name(value.name)
  })
  const origins = new Set<string>()
  for (const [alias, { columns }] of tables) {
    for (const [column, { origins: own }] of columns) {
      const isRead =
        takesAll || names.some((one) => one.name === column && (one.of === undefined || one.of === alias))
      if (isRead) for (const origin of own) origins.add(origin)
    }
  }
  return origins
}
