import type { UniqueExpectation } from '../../model/expectation.ts'
import type { TableModel } from '../../model/schema-model.ts'
import { describeDeferral, toDeferral } from '../deferral.ts'
import type { Check } from '../define-check.ts'
import { findIndex, type WantedIndex } from '../find-index.ts'
import { findTable, toTuple } from '../look-up.ts'

/** A valid unique constraint or index covers exactly these columns, whatever their order: uniqueness doesn't depend on it. */
export const unique: Check<'unique'> = {
  title: ({ table, columns, nullsNotDistinct, include, deferrable }) =>
    `${table} is unique over ${toTuple(columns)}${include === undefined ? '' : ` include ${toTuple(include)}`}${nullsNotDistinct ? ', nulls not distinct' : ''}${deferrable === undefined ? '' : `, ${describeDeferral(deferrable).toLowerCase()}`}`,
  judge: (expectation, { after }) => {
    const { table, columns, deferrable = null } = expectation
    const model = findTable(after.schema, table)
    if (!model) return [{ kind: 'missing-table', table }]
    const found = findIndex(model, toWantedUnique(expectation), table)
    if (!found)
      return [{ kind: 'missing-unique', table, expected: toTuple(columns), found: uniquesOf(model) }]
    if ('finding' in found) return [found.finding]
    const { name } = found.index
    const actual = toDeferral(model.constraints.find((entry) => entry.name === name))
    if (actual === deferrable) return []
    const expected = describeDeferral(deferrable)
    return [{ kind: 'wrong-constraint', table, name, expected, found: describeDeferral(actual) }]
  },
}

/** The index by which a `unique` expectation is kept. */
export function toWantedUnique({
  columns,
  include = [],
  nullsNotDistinct = false,
}: UniqueExpectation): WantedIndex {
  const shape = { keys: columns, isOrdered: false, unique: true, where: null, method: 'btree' }
  return { ...shape, include, nullsNotDistinct, parameters: [], name: null }
}

function uniquesOf(table: TableModel): string[] {
  return table.indexes.filter(({ unique }) => unique).map(({ definition }) => definition)
}
