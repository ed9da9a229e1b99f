import { findTable, sameList } from '../look-up.ts'
import type { Check } from './check.ts'

/** An index with these keys, uniqueness and predicate is there, valid and ready. */
export const checkIndex: Check<'index'> = (expectation, { after }) => {
  const { table, keys, unique, where, name } = expectation
  const found = findTable(after.schema, table)
  if (!found) return [{ kind: 'missing-table', table }]
  const matching = found.indexes.filter(
    (entry) =>
      sameList(entry.keys, keys) &&
      entry.unique === unique &&
      entry.where === where &&
      (name === undefined || entry.name === name),
  )
  if (matching.some((entry) => entry.valid && entry.ready)) return []
  const invalid = matching[0]
  if (invalid) return [{ kind: 'invalid-index', table, index: invalid.name, definition: invalid.definition }]
  const wanted = `${unique ? 'unique ' : ''}index ${name === undefined ? '' : `${name} `}on (${keys.join(', ')})${where === null ? '' : ` where ${where}`}`
  return [
    {
      kind: 'missing-index',
      table,
      expected: wanted,
      found: found.indexes.map(({ definition }) => definition),
    },
  ]
}
