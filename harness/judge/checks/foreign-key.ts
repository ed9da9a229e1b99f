import type { ForeignKeyExpectation } from '../../model/expectation.ts'
import type { FindingEvidence } from '../../model/finding.ts'
import type { ConstraintModel } from '../../model/schema-model.ts'
import type { Check } from '../define-check.ts'
import { findTable, qualify, sameList, toShortName } from '../look-up.ts'

/** A validated foreign key leads from these columns to those, with these actions. */
export const foreignKey: Check<'foreign-key'> = {
  title: ({ table, columns, references, onDelete, onUpdate }) =>
    `${table}(${columns.join(', ')}) references ${references.table}(${references.columns.join(', ')}) on delete ${onDelete.toLowerCase()} on update ${onUpdate.toLowerCase()}`,
  judge: (expectation, { after }) => {
    const { table, columns, references } = expectation
    const found = findTable(after.schema, table)
    if (!found) return [{ kind: 'missing-table', table }]

    const keys = found.constraints.filter(({ kind }) => kind === 'foreign-key')
    const matching = keys.filter(
      (entry) =>
        entry.references?.table === qualify(references.table) &&
        sameList(entry.columns, columns) &&
        sameList(entry.references.columns, references.columns),
    )
    if (matching.length === 0) {
      const found = keys.map(({ definition }) => definition)
      return [{ kind: 'missing-foreign-key', table, expected: toArrow(expectation), found }]
    }
    // Each of several keys over the same columns acts, so an old one left beside the right one is wrong too.
    return matching.flatMap((key) => judgeKey(key, expectation))
  },
}

function judgeKey(
  key: ConstraintModel,
  { table, onDelete, onUpdate }: ForeignKeyExpectation,
): FindingEvidence[] {
  const expected = `ON DELETE ${onDelete} ON UPDATE ${onUpdate}`
  const found = `ON DELETE ${key.references?.onDelete} ON UPDATE ${key.references?.onUpdate}`
  const { name, definition } = key
  return [
    ...(expected === found
      ? []
      : [{ kind: 'wrong-foreign-key-action' as const, table, name, expected, found }]),
    ...(key.validated
      ? []
      : [{ kind: 'unvalidated-constraint' as const, table, constraint: name, definition }]),
  ]
}

function toArrow({ columns, references }: ForeignKeyExpectation): string {
  return `(${columns.join(', ')}) -> ${toShortName(qualify(references.table))}(${references.columns.join(', ')})`
}
