import type { TableModel } from '../../model/schema-model.ts'
import type { Check } from '../define-check.ts'
import { findTable, sameList, toTuple } from '../look-up.ts'

/** A valid unique constraint or index covers exactly these columns, whatever their order: uniqueness doesn't depend on it. */
export const unique: Check<'unique'> = {
  title: ({ table, columns }) => `${table} is unique over ${toTuple(columns)}`,
  judge: ({ table, columns }, { after }) => {
    const found = findTable(after.schema, table)
    if (!found) return [{ kind: 'missing-table', table }]
    const matching = found.indexes.filter(
      (index) =>
        index.unique &&
        index.where === null &&
        sameList(index.keys.map(withoutDirection).sort(), [...columns].sort()),
    )
    const invalid = matching.find((index) => !index.valid || !index.ready)
    if (matching.some((index) => index.valid && index.ready)) return []
    if (invalid)
      return [{ kind: 'invalid-index', table, index: invalid.name, definition: invalid.definition }]
    return [{ kind: 'missing-unique', table, expected: toTuple(columns), found: uniquesOf(found) }]
  },
}

/** The order of a key has nothing to do with its uniqueness. */
function withoutDirection(key: string): string {
  return key.replace(/( DESC)?( NULLS (FIRST|LAST))?$/, '')
}

function uniquesOf(table: TableModel): string[] {
  return table.indexes.filter(({ unique }) => unique).map(({ definition }) => definition)
}
