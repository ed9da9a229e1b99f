import { quoteName, quoteTable } from '../../ground/quote.ts'
import type { SubjectKey } from '../../model/policy.ts'
import { type Source, type SourceTable, toTableKey } from '../../model/source.ts'

/** The query that reads rows of a table, in the order of its primary key. */
interface TableQuery {
  readonly table: SourceTable
  readonly columns: readonly string[]
  /** Adds the subject of each row before the columns. */
  readonly subject?: SubjectKey
  /** A condition on the row, as SQL about the alias `t`. */
  readonly where?: string
  readonly limit?: number
}

/** Renders the query. Without a primary key the rows come in the byte order of their text, which costs a sort. */
export function renderTableQuery(
  { table, columns, subject, where, limit }: TableQuery,
  source: Source,
): string {
  const selected = columns.map((name) => `t.${quoteName(name)}`)
  const joins: string[] = []
  if (subject) {
    let [alias, at] = ['t', table]
    subject.via.forEach((step, index) => {
      const next = source.tables.find((one) => toTableKey(one) === step.table)
      if (!next) throw new RangeError(`no table ${step.table}`)
      const known = at.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === step.column)
      const key = known?.refers.columns[0] ?? next.primaryKey[0] ?? ''
      const joined = `s${index}`
      joins.push(
        `LEFT JOIN ${quoteTable(next)} ${joined} ON ${joined}.${quoteName(key)} = ${alias}.${quoteName(step.column)}`,
      )
      ;[alias, at] = [joined, next]
    })
    selected.unshift(`${alias}.${quoteName(subject.column)}`)
  }
  const order =
    table.primaryKey.length > 0
      ? table.primaryKey.map((name) => `t.${quoteName(name)}`).join(', ')
      : '(t.*)::text COLLATE "C"'
  // A table that others inherit from the old way does not hold their rows; a partitioned one holds nothing else.
  const from = `${table.partitioned ? '' : 'ONLY '}${quoteTable(table)} t`
  return [
    `SELECT ${selected.join(', ')} FROM ${from}`,
    ...joins,
    ...(where === undefined ? [] : [`WHERE ${where}`]),
    `ORDER BY ${order}`,
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
  ].join(' ')
}
