import type { TableModel } from '../../model/schema-model.ts'
import { qualify, toShortName } from '../look-up.ts'
import type { Check } from './check.ts'

/** Everything that was there is still there under its name, unless the phase says that it removes it. */
export const checkNothingDropped: Check<'nothing-dropped'> = ({ except }, { before, after }) => {
  const allowed = new Set(except)
  return before.schema.tables.flatMap((was) => {
    const table = toShortName(`${was.namespace}.${was.name}`)
    if (allowed.has(table)) return []
    const is = after.schema.tables.find((entry) => `${entry.namespace}.${entry.name}` === qualify(table))
    if (!is) {
      const rows = before.rowCounts[qualify(table)] ?? 0
      return [{ kind: 'object-dropped' as const, object: table, what: `table with ${rows} rows` }]
    }
    return goneFrom(was, is)
      .map(({ name, what }) => ({ kind: 'object-dropped' as const, object: `${table}.${name}`, what }))
      .filter(({ object }) => !allowed.has(object))
  })
}

function goneFrom(was: TableModel, is: TableModel): { name: string; what: string }[] {
  const gone = (what: string, before: readonly { name: string }[], after: readonly { name: string }[]) =>
    before
      .filter(({ name }) => !after.some((entry) => entry.name === name))
      .map(({ name }) => ({ name, what }))
  const backed = new Set(was.constraints.map(({ name }) => name))
  return [
    ...gone('column', was.columns, is.columns),
    ...gone('constraint', was.constraints, is.constraints),
    // The index behind a constraint goes with it and is reported once.
    ...gone(
      'index',
      was.indexes.filter(({ name }) => !backed.has(name)),
      is.indexes,
    ),
  ]
}
