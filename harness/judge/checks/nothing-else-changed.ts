import type { Check } from '../define-check.ts'
import { objectDifferences, tableDifferences } from '../differences.ts'
import { findTable, toShortName } from '../look-up.ts'
import { toNames } from '../names-object.ts'

/**
 * Everything that the phase does not name in `changes` is unchanged. Sequences and functions of a named table's
 * columns count as named.
 */
export const nothingElseChanged: Check<'nothing-else-changed'> = {
  title: () => 'changes nothing it does not name',
  judge: ({ changes }, { before, after }) => {
    const isNamed = toNames(changes)
    const tables = [...before.schema.tables, ...after.schema.tables].map(
      ({ namespace, name }) => `${namespace}.${name}`,
    )
    const inTables = [...new Set(tables)]
      .filter((table) => !isNamed(table))
      .flatMap((table) => {
        const was = findTable(before.schema, table)
        const is = findTable(after.schema, table)
        // A table that went is the business of `nothing-dropped`; saying it twice would hide what else is wrong.
        if (!is) return []
        const differences = was ? tableDifferences(was, is) : ['the table is new']
        return differences.length === 0 ? [] : [{ table: toShortName(table), differences }]
      })
    const owned = new Set(
      [...before.schema.sequences, ...after.schema.sequences]
        // A sequence is its column's: it may go with a table, which `nothing-dropped` tells.
        .filter(
          ({ ownedBy }) =>
            ownedBy !== null && (isNamed(ownedBy.table) || !findTable(after.schema, ownedBy.table)),
        )
        .map(({ namespace, name }) => toShortName(`${namespace}.${name}`)),
    )
    const outsideTables = objectDifferences(before.schema, after.schema)
      .filter(({ name }) => !isNamed(name) && !owned.has(name))
      .map(({ name, differences }) => ({ table: name, differences }))
    return [...inTables, ...outsideTables].map((entry) => ({
      kind: 'changed-outside-phase' as const,
      ...entry,
    }))
  },
}
