import type { ForeignKeyExpectation } from '../../model/expectation.ts'
import type { FindingEvidence } from '../../model/finding.ts'
import type { ConstraintModel, ForeignKeyAction } from '../../model/schema-model.ts'
import { describeDeferral, toDeferral } from '../deferral.ts'
import type { Check } from '../define-check.ts'
import { findTable, qualify, sameList, toShortName, toTuple } from '../look-up.ts'

/** A foreign key leads from these columns to those, with these actions, and holds: validated, its triggers on, no row without a parent. */
export const foreignKey: Check<'foreign-key'> = {
  title: ({ table, columns, references, match, deferrable, ...actions }) =>
    [
      `${table}${toTuple(columns)} references ${references.table}${toTuple(references.columns)}`,
      ...(match === undefined ? [] : [`match ${match.toLowerCase()}`]),
      describeActions(actions.onDelete, actions.onDeleteColumns, actions.onUpdate).toLowerCase(),
      ...(deferrable === undefined ? [] : [describeDeferral(deferrable).toLowerCase()]),
    ].join(' '),
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

function judgeKey(key: ConstraintModel, expectation: ForeignKeyExpectation): FindingEvidence[] {
  const { table, onDelete, onDeleteColumns, onUpdate, match = 'SIMPLE', deferrable = null } = expectation
  const { name, definition, references } = key
  const actions = describeActions(onDelete, onDeleteColumns, onUpdate)
  const actualActions = references
    ? describeActions(references.onDelete, references.setColumns, references.onUpdate)
    : ''
  const manner = `MATCH ${match} ${describeDeferral(deferrable)}`
  const actualManner = `MATCH ${references?.match} ${describeDeferral(toDeferral(key))}`
  const isOff = key.disabledOn.length > 0 || definition.includes('NOT ENFORCED')
  return [
    ...(actions === actualActions
      ? []
      : [wrong('wrong-foreign-key-action', expectation, name, actions, actualActions)]),
    ...(manner === actualManner ? [] : [wrong('wrong-constraint', expectation, name, manner, actualManner)]),
    ...(key.validated
      ? []
      : [{ kind: 'unvalidated-constraint' as const, table, constraint: name, definition }]),
    ...(isOff ? [{ kind: 'foreign-key-not-enforced' as const, table, name, ...toDisabled(key) }] : []),
    ...((references?.orphans ?? 0) > 0
      ? [
          {
            kind: 'orphan-rows' as const,
            table,
            name,
            definition,
            rows: references?.orphans ?? 0,
            before: null,
          },
        ]
      : []),
  ]
}

function wrong(
  kind: 'wrong-foreign-key-action' | 'wrong-constraint',
  { table }: ForeignKeyExpectation,
  name: string,
  expected: string,
  found: string,
) {
  return { kind, table, name, expected, found }
}

function toDisabled({ disabledOn }: ConstraintModel) {
  return { disabledOn: disabledOn.map(toShortName) }
}

function describeActions(
  onDelete: ForeignKeyAction,
  columns: readonly string[] = [],
  onUpdate: ForeignKeyAction,
): string {
  const only = columns.length === 0 ? '' : ` ${toTuple(columns)}`
  return `ON DELETE ${onDelete}${only} ON UPDATE ${onUpdate}`
}

function toArrow({ columns, references }: ForeignKeyExpectation): string {
  return `${toTuple(columns)} -> ${toShortName(qualify(references.table))}${toTuple(references.columns)}`
}
