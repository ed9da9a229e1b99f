import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { quoteName, quoteTable } from '../ground/quote.ts'
import type { Policy } from '../model/policy.ts'
import { type Source, type SourceColumn, type SourceTable, toTableKey } from '../model/source.ts'
import { toPlain } from './mask-rows.ts'

/**
 * Numbers the values of each class that has the rule `number`: first those of its primary-key column, in key order,
 * then the others. The numbers end with the capture. Memory: every value of such a class.
 */
export async function giveNumbers(
  client: pg.Client,
  source: Source,
  policy: Policy,
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  // The numbers are not derived from the values, so nothing can be computed back from them.
  const numbers = new Map<string, Map<string, number>>()
  const numberedColumns = toNumberedColumns(source, policy).toSorted(
    (a, b) => Number(b.isKey) - Number(a.isKey),
  )
  for (const { numbered, table, column, isKey } of numberedColumns) {
    const given = numbers.get(numbered) ?? new Map<string, number>()
    numbers.set(numbered, given)
    const name = quoteName(column.name)
    const value = column.isArray ? `unnest(t.${name})::text` : `t.${name}::text`
    const from = `${table.partitioned ? '' : 'ONLY '}${quoteTable(table)} t`
    const query = isKey
      ? `SELECT ${value} FROM ${from} ORDER BY t.${name}`
      : `SELECT v FROM (SELECT DISTINCT ${value} AS v FROM ${from}) AS d WHERE v IS NOT NULL ORDER BY v COLLATE "C"`
    let rest = ''
    const decoder = new TextDecoder()
    for await (const chunk of client.query(copyTo(`COPY (${query}) TO STDOUT`))) {
      const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n')
      rest = lines.pop() as string
      for (const line of lines) {
        const one = toPlain(line)
        if (!given.has(one)) given.set(one, given.size + 1)
      }
    }
  }
  return numbers
}

interface NumberedColumn {
  readonly numbered: string
  readonly table: SourceTable
  readonly column: SourceColumn
  readonly isKey: boolean
}

function toNumberedColumns(source: Source, policy: Policy): readonly NumberedColumn[] {
  return source.tables.flatMap((table) =>
    table.columns.flatMap((column): readonly NumberedColumn[] => {
      const rule = policy.tables[toTableKey(table)]?.columns[column.name]?.rule
      if (rule?.kind !== 'number') return []
      const isKey = table.primaryKey.length === 1 && table.primaryKey[0] === column.name
      return [{ numbered: rule.class, table, column, isKey }]
    }),
  )
}
