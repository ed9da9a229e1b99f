import type { Check } from '../define-check.ts'
import { findTable, sameList } from '../look-up.ts'

/** An index with these keys, uniqueness and predicate is there, valid and ready. */
export const index: Check<'index'> = {
  title: ({ table, keys, unique, where, name, method, include }) =>
    `${table} has ${unique ? 'unique ' : ''}index ${name === undefined ? '' : `${name} `}on ${method ?? ''}(${keys.join(', ')})${include === undefined ? '' : ` include (${include.join(', ')})`}${where === null ? '' : ` where ${where}`}`,
  judge: (expectation, { after }) => {
    const { table, keys, unique, where, name, method = 'btree', include = [] } = expectation
    const found = findTable(after.schema, table)
    if (!found) return [{ kind: 'missing-table', table }]
    const matching = found.indexes.filter(
      (entry) =>
        sameList(entry.keys, keys) &&
        entry.unique === unique &&
        entry.where === where &&
        entry.method === method &&
        sameList(entry.include, include) &&
        (name === undefined || entry.name === name),
    )
    if (matching.some((entry) => entry.valid && entry.ready)) return []
    const invalid = matching[0]
    if (invalid)
      return [{ kind: 'invalid-index', table, index: invalid.name, definition: invalid.definition }]
    const parts = [
      unique ? 'unique index' : 'index',
      ...(name === undefined ? [] : [name]),
      `using ${method} (${keys.join(', ')})`,
      ...(include.length === 0 ? [] : [`include (${include.join(', ')})`]),
      ...(where === null ? [] : [`where ${where}`]),
    ]
    const wanted = parts.join(' ')
    return [
      {
        kind: 'missing-index',
        table,
        expected: wanted,
        found: found.indexes.map(({ definition }) => definition),
      },
    ]
  },
}
