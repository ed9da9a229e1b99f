import type { NothingDroppedExpectation } from '../../model/expectation.ts'
import type { NamedDefinition, SchemaModel, TableModel } from '../../model/schema-model.ts'
import { appliedOf } from '../applied-of.ts'
import { toLossLine } from '../declaration-text.ts'
import type { Check } from '../define-check.ts'
import { isSameButForNames } from '../is-same-but-for-names.ts'
import { findTable, toShortName } from '../look-up.ts'
import { toNames } from '../names-object.ts'
import { type FoundRename, renamesOf } from '../renames-of.ts'
import { toObjects, toWrittenName } from '../to-objects.ts'

/** Everything that existed still exists under its name, unless the phase says that it removes it. */
export const nothingDropped: Check<'nothing-dropped'> = {
  title: () => 'drops nothing it does not name',
  judge: (expectation, evidence) => {
    const { before, after } = evidence
    const migrations = appliedOf(evidence)
    const renames = renamesOf(evidence)
    const allowed = new Set(expectation.except)
    const ofTables = before.schema.tables.flatMap((was) => {
      const table = toShortName(`${was.namespace}.${was.name}`)
      if (allowed.has(table)) return []
      const now = renames.find(({ what, from }) => what === 'table' && from === table)?.to ?? table
      const is = after.schema.tables.find((entry) => toShortName(`${entry.namespace}.${entry.name}`) === now)
      const key = `${was.namespace}.${was.name}`
      if (!is) {
        const rows = before.rowCounts[key] ?? 0
        const loss = rows === 0 ? [] : [toLossLine('table', table, rows, migrations)]
        return [toDropped(table, `table with ${rows} rows`, loss)]
      }
      const change = after.content.changes.find((entry) => entry.table === key)
      return goneFrom(was, is, renames)
        .filter(({ name }) => !allowed.has(`${table}.${name}`))
        .map(({ name, what }) => {
          const held = change?.columns.find(({ column, fate }) => column === name && fate === 'dropped')
          const isColumn = what === 'column' && held !== undefined
          const loss = isColumn ? [toLossLine('column', `${table}.${name}`, held.rows, migrations)] : []
          return toDropped(`${table}.${name}`, isColumn ? `column with ${held.rows} values` : what, loss)
        })
    })
    const others = goneObjects(expectation, before.schema, after.schema)
    return [...ofTables, ...others.map(({ object, what }) => toDropped(object, what))]
  },
}

function toDropped(object: string, what: string, losses: readonly string[] = []) {
  const declaration = [`drops: ['${object}']`, ...losses].join(', ')
  return { kind: 'object-dropped' as const, object, what, declaration }
}

/** Views, types, functions and the like. `nothing-else-changed` tells those that the phase does not name at all. */
function goneObjects(
  { changes, except }: NothingDroppedExpectation,
  was: SchemaModel,
  is: SchemaModel,
): { object: string; what: string }[] {
  const mayChange = changes.includes('*') ? () => true : toNames(changes)
  const mayGo = toNames(except)
  const isGone = (column: { table: string; column: string }) =>
    !findTable(is, column.table)?.columns.some(({ name }) => name === column.column)
  const withColumn = new Set(
    was.sequences
      .filter(({ ownedBy }) => ownedBy !== null && isGone(ownedBy))
      .map(({ namespace, name }) => `${namespace}.${name}`),
  )
  const left = new Set(definedObjects(is).map(toWrittenName))
  return definedObjects(was)
    .filter(({ kind, name }) => !(kind === 'sequence' && withColumn.has(name)))
    .map((object) => ({ object: toWrittenName(object), what: object.kind }))
    .filter(({ object }) => {
      const names = [object, object.replace(/\(.*\)$/, '')]
      return !left.has(object) && names.some(mayChange) && !names.some(mayGo)
    })
}

function definedObjects(schema: SchemaModel) {
  return toObjects(schema).filter(({ properties }) => properties.some(({ name }) => name === 'definition'))
}

function goneFrom(
  was: TableModel,
  is: TableModel,
  renames: readonly FoundRename[],
): { name: string; what: string }[] {
  const table = toShortName(`${was.namespace}.${was.name}`)
  const goesOn = (kind: FoundRename['what'], name: string) =>
    renames.some(({ what, from }) => what === kind && from === `${table}.${name}`)
  const gone = <T extends { name: string }>(
    before: readonly T[],
    after: readonly T[],
    kind: FoundRename['what'],
  ) => before.filter(({ name }) => !after.some((entry) => entry.name === name) && !goesOn(kind, name))
  const columns = gone(was.columns, is.columns, 'column')
  // What stood on a column goes with it, and the index behind a constraint with that: each loss is told once.
  const stands = (over: readonly string[]) => !over.some((key) => columns.some(({ name }) => name === key))
  const constraints = gone(was.constraints, is.constraints, 'constraint').filter((entry) =>
    stands(entry.columns),
  )
  const backed = new Set(was.constraints.map(({ name }) => name))
  const indexes = gone(was.indexes, is.indexes, 'index').filter(
    (entry) => !backed.has(entry.name) && stands([...entry.bareKeys, ...entry.include]),
  )
  const rules = was.properties.filter(
    ({ name }) => name.startsWith('rule ') && !is.properties.some((entry) => entry.name === name),
  )
  return [
    ...columns.map(({ name }) => ({ name, what: 'column' })),
    ...constraints.map((entry) => ({
      name: entry.name,
      what: `constraint${tellNewName(entry, is.constraints, renames)}`,
    })),
    ...indexes.map((entry) => ({
      name: entry.name,
      what: `index${tellNewName(entry, is.indexes, renames)}`,
    })),
    ...gone(was.triggers, is.triggers, 'trigger').map(({ name }) => ({ name, what: 'trigger' })),
    ...gone(was.policies, is.policies, 'policy').map(({ name }) => ({ name, what: 'policy' })),
    ...rules.map(({ name }) => ({ name: name.slice('rule '.length), what: 'rule' })),
  ]
}

/** An equal one under another name: renamed, or made anew. */
function tellNewName(
  { name, definition }: NamedDefinition,
  after: readonly NamedDefinition[],
  renames: readonly FoundRename[],
): string {
  const equal = after.find(
    (entry) =>
      entry.name !== name &&
      isSameButForNames(definition, entry.definition, [...renames, { from: name, to: entry.name }]),
  )
  return equal ? `; an equal one has the name ${equal.name}` : ''
}
