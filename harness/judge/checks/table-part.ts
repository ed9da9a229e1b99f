import { isSameDefinition } from '../canonical.ts'
import type { Check } from '../define-check.ts'
import { listParts, rightDifferences } from '../differences.ts'
import { findTable } from '../look-up.ts'

/** The table has a part of that sort and name, with that definition where one is given. */
export const tablePart: Check<'table-part'> = {
  title: ({ table, part, definition }) =>
    `${table} has ${part}${definition === undefined ? '' : `: ${definition}`}`,
  judge: ({ table, part, definition }, { after }) => {
    const model = findTable(after.schema, table)
    if (!model) return [{ kind: 'missing-table', table }]
    const rights = rightDifferences(null, model).map(({ part: right, is }): [string, string] => [
      right,
      is ?? '',
    ])
    const parts = new Map([...listParts(model), ...rights])
    const found = parts.get(part)
    if (found === undefined) {
      const [sort = ''] = part.split(' ')
      const alike = [...parts]
        .filter(([name]) => name.startsWith(`${sort} `))
        .map(([name, is]) => `${name} (${is})`)
      return [{ kind: 'missing-part', table, expected: part, found: alike }]
    }
    if (definition === undefined || isSameDefinition(definition, found)) return []
    return [{ kind: 'wrong-part', table, name: part, expected: definition, found }]
  },
}
