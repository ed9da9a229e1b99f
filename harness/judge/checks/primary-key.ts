import { describeDeferral, toDeferral } from '../deferral.ts'
import type { Check } from '../define-check.ts'
import { findTable, sameList, toTuple } from '../look-up.ts'

/** The table's primary key has these columns in this order. */
export const primaryKey: Check<'primary-key'> = {
  title: ({ table, columns, include, deferrable }) =>
    `${table} has primary key ${toTuple(columns)}${include === undefined ? '' : ` include ${toTuple(include)}`}${deferrable === undefined ? '' : `, ${describeDeferral(deferrable).toLowerCase()}`}`,
  judge: ({ table, columns, include = [], deferrable = null }, { after }) => {
    const model = findTable(after.schema, table)
    if (!model) return [{ kind: 'missing-table', table }]
    const keys = model.constraints.filter(({ kind }) => kind === 'primary-key')
    const key = keys.find((entry) => sameList(entry.columns.slice(0, columns.length), columns))
    const included = model.indexes.find(({ name }) => name === key?.name)?.include ?? []
    if (!key || key.columns.length - included.length > columns.length) {
      const found = keys.map(({ definition }) => definition)
      return [{ kind: 'missing-primary-key', table, expected: toTuple(columns), found }]
    }
    const expected = `${describeDeferral(deferrable)}, include ${toTuple(include)}`
    const found = `${describeDeferral(toDeferral(key))}, include ${toTuple(included)}`
    return expected === found ? [] : [{ kind: 'wrong-constraint', table, name: key.name, expected, found }]
  },
}
