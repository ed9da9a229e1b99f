import type { TableModel } from '../../model/schema-model.ts'
import type { Check } from '../define-check.ts'
import { qualify, toShortName } from '../look-up.ts'

/** Everything that existed still exists under its name, unless the phase says that it removes it. */
export const nothingDropped: Check<'nothing-dropped'> = {
  title: () => 'drops nothing it does not name',
  judge: ({ except }, { before, after }) => {
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
  },
}

function goneFrom(was: TableModel, is: TableModel): { name: string; what: string }[] {
  const gone = <T extends { name: string }>(before: readonly T[], after: readonly T[]) =>
    before.filter(({ name }) => !after.some((entry) => entry.name === name))
  const columns = gone(was.columns, is.columns)
  // What stood on a column goes with it, and the index behind a constraint with that: each loss is told once.
  const stands = (over: readonly string[]) => !over.some((key) => columns.some(({ name }) => name === key))
  const constraints = gone(was.constraints, is.constraints).filter((entry) => stands(entry.columns))
  const backed = new Set(was.constraints.map(({ name }) => name))
  const indexes = gone(was.indexes, is.indexes).filter(
    (entry) => !backed.has(entry.name) && stands([...entry.bareKeys, ...entry.include]),
  )
  return [
    ...columns.map(({ name }) => ({ name, what: 'column' })),
    ...constraints.map(({ name }) => ({ name, what: 'constraint' })),
    ...indexes.map(({ name }) => ({ name, what: 'index' })),
  ]
}
