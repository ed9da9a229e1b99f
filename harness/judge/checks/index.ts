import type { IndexExpectation } from '../../model/expectation.ts'
import type { Check } from '../define-check.ts'
import { describeWanted, findIndex, type WantedIndex } from '../find-index.ts'
import { findTable } from '../look-up.ts'

/** An index that is exactly this one is there, valid and ready. */
export const index: Check<'index'> = {
  title: ({ table, keys, unique, where, name, method, include, nullsNotDistinct, parameters = [] }) =>
    `${table} has ${unique ? 'unique ' : ''}index ${name === undefined ? '' : `${name} `}on ${method ?? ''}(${keys.join(', ')})${include === undefined ? '' : ` include (${include.join(', ')})`}${nullsNotDistinct ? ' nulls not distinct' : ''}${parameters.length === 0 ? '' : ` with (${parameters.join(', ')})`}${where === null ? '' : ` where ${where}`}`,
  judge: (expectation, { after }) => {
    const { table } = expectation
    const model = findTable(after.schema, table)
    if (!model) return [{ kind: 'missing-table', table }]
    const wanted = toWantedIndex(expectation)
    const found = findIndex(model, wanted, table)
    if (found) return 'finding' in found ? [found.finding] : []
    return [
      {
        kind: 'missing-index',
        table,
        expected: describeWanted(wanted),
        found: model.indexes.map(({ definition }) => definition),
      },
    ]
  },
}

/** What an `index` expectation asks for; what it leaves out is as Postgres has it by default. */
export function toWantedIndex(expectation: IndexExpectation): WantedIndex {
  const { keys, unique, where, method = 'btree', include = [], nullsNotDistinct = false } = expectation
  const { parameters = [], name = null } = expectation
  return { keys, isOrdered: true, unique, where, method, include, nullsNotDistinct, parameters, name }
}
