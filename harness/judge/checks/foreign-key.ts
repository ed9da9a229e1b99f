import type { ForeignKeyExpectation } from '../../model/expectation.ts'
import { findTable, qualify, sameList, toShortName } from '../look-up.ts'
import type { Check } from './check.ts'

/** A validated foreign key leads from these columns to those, with these actions. */
export const checkForeignKey: Check<'foreign-key'> = (expectation, { after }) => {
  const { table, columns, references } = expectation
  const found = findTable(after.schema, table)
  if (!found) return [{ kind: 'missing-table', table }]

  const keys = found.constraints.filter(({ kind }) => kind === 'foreign-key')
  const key = keys.find(
    (entry) =>
      entry.references?.table === qualify(references.table) &&
      sameList(entry.columns, columns) &&
      sameList(entry.references.columns, references.columns),
  )
  if (!key?.references) {
    return [
      {
        kind: 'missing-foreign-key',
        table,
        expected: toArrow(expectation),
        found: keys.map(({ definition }) => definition),
      },
    ]
  }
  const expected = `ON DELETE ${expectation.onDelete} ON UPDATE ${expectation.onUpdate}`
  const actual = `ON DELETE ${key.references.onDelete} ON UPDATE ${key.references.onUpdate}`
  return [
    ...(expected === actual
      ? []
      : [{ kind: 'wrong-foreign-key-action' as const, table, name: key.name, expected, found: actual }]),
    ...(key.validated
      ? []
      : [
          {
            kind: 'unvalidated-constraint' as const,
            table,
            constraint: key.name,
            definition: key.definition,
          },
        ]),
  ]
}

function toArrow({ columns, references }: ForeignKeyExpectation): string {
  return `(${columns.join(', ')}) -> ${toShortName(qualify(references.table))}(${references.columns.join(', ')})`
}
