import type { ColumnIdentity, TableContent, TableIdentity } from '../../model/content.ts'

/** A column of the state before and what became of it. */
export interface ColumnPair {
  readonly was: ColumnIdentity
  /** null: there is none of its identity, and none of its name that is new. */
  readonly is: ColumnIdentity | null
  /** False: another column took its name. */
  readonly isSame: boolean
}

/** A table of the state before and what became of it. */
export interface TablePair<Table extends TableIdentity = TableIdentity> {
  readonly was: TableContent
  readonly is: Table | null
  readonly columns: readonly ColumnPair[]
}

/**
 * Finds what each table and column of the state before has become: by identity, so that a rename misleads nobody, else by its name, if
 * what bears the name now is new, as a copy does.
 */
export function matchTables<Table extends TableIdentity>(
  before: readonly TableContent[],
  after: readonly Table[],
): readonly TablePair<Table>[] {
  const known = new Set(before.map(({ oid }) => oid))
  return before.map((was) => {
    const is =
      after.find(({ oid }) => oid === was.oid) ??
      after.find(
        (table) => !known.has(table.oid) && table.namespace === was.namespace && table.name === was.name,
      ) ??
      null
    return { was, is, columns: is === null ? [] : matchColumns(was, is) }
  })
}

function matchColumns(was: TableIdentity, is: TableIdentity): readonly ColumnPair[] {
  const isSameTable = was.oid === is.oid
  const numbers = new Set(isSameTable ? was.columns.map(({ number }) => number) : [])
  return was.columns.map((column) => {
    const same = isSameTable ? is.columns.find(({ number }) => number === column.number) : undefined
    if (same) return { was: column, is: same, isSame: true }
    const namesake = is.columns.find(({ number, name }) => !numbers.has(number) && name === column.name)
    return { was: column, is: namesake ?? null, isSame: !isSameTable }
  })
}
