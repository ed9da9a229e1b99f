import type { TableChange } from '../../model/content.ts'

/**
 * The differences of rows that another order makes, without those that a second run in the same order makes too, as `now()` does. Of
 * rows whose keys are others with every run only the number counts.
 */
export function withoutUnsteady(
  changes: readonly TableChange[],
  control: readonly TableChange[],
): readonly TableChange[] {
  return changes
    .map((change) => {
      const unsteady = control.find(({ table }) => table === change.table)
      return unsteady ? compareWith(change, unsteady) : change
    })
    .filter(
      ({ lost, added, columns, isDropped }) =>
        isDropped || lost.rows > 0 || added.rows > 0 || columns.length > 0,
    )
}

function compareWith(change: TableChange, unsteady: TableChange): TableChange {
  if (unsteady.lost.rows > 0 || unsteady.added.rows > 0) {
    const fewer = change.lost.rows - change.added.rows
    const count = (rows: number) => ({ rows: Math.max(rows, 0), keys: [] })
    return { ...change, lost: count(fewer), added: count(-fewer), columns: [] }
  }
  const names = new Set(unsteady.columns.map(({ column }) => column))
  return { ...change, columns: change.columns.filter(({ column }) => !names.has(column)) }
}
