import type { ClientBase } from 'pg'
import { quoteName, quoteTable, quoteText } from '../ground/quote.ts'
import type { SequenceColumn, SequenceModel } from '../model/schema-model.ts'
import { query } from './query.ts'

interface SequenceRow extends Omit<SequenceModel, 'nextValue' | 'ownedBy' | 'feeds'> {
  readonly columns: readonly ColumnRow[]
}
interface ColumnRow {
  readonly namespace: string
  readonly name: string
  readonly column: string
  readonly type: string
  readonly owns: boolean
  readonly feeds: boolean
}

const INTEGERS: readonly string[] = ['smallint', 'integer', 'bigint']

/**
 * Sequences with their next value, and the outermost value stored in each column that they are for: one query for all positions, and
 * a max() or min() for each column. With `catalogs` neither is asked: positions are empty texts.
 */
export async function fetchSequences(
  client: ClientBase,
  reads: 'rows' | 'catalogs' = 'rows',
): Promise<SequenceModel[]> {
  const rows = await query<SequenceRow>(client, 'sequences')
  const asked = reads === 'rows' ? rows : []
  const selects = asked.flatMap((row, position) => [
    `SELECT '${position}' AS "of", ${toNextValue(row)}`,
    ...row.columns.flatMap((column, place) =>
      INTEGERS.includes(column.type) ? [`SELECT '${position} ${place}', ${toOutermost(row, column)}`] : [],
    ),
  ])
  const answers =
    selects.length === 0
      ? []
      : (await client.query<{ of: string; value: string | null }>(selects.join('\nUNION ALL\n'))).rows
  const values = new Map(answers.map(({ of, value }) => [of, value]))
  return rows.map(({ columns, ...row }, position) => {
    const named = columns.map((column, place) => ({
      owns: column.owns,
      feeds: column.feeds,
      model: toColumn(column, values.get(`${position} ${place}`) ?? null),
    }))
    return {
      ...row,
      nextValue: values.get(String(position)) ?? '',
      ownedBy: named.find(({ owns }) => owns)?.model ?? null,
      feeds: named.filter(({ feeds }) => feeds).map(({ model }) => model),
    }
  })
}

/** A sum beyond bigint is exactly what a used-up sequence looks like, so it is made in numeric. */
function toNextValue({ namespace, name, increment }: SequenceRow): string {
  const step = `CASE WHEN is_called THEN ${quoteText(increment)}::numeric ELSE 0 END`
  return `(last_value::numeric + ${step})::text AS "value" FROM ${quoteTable({ namespace, name })}`
}

function toOutermost({ increment }: SequenceRow, column: ColumnRow): string {
  const outermost = increment.startsWith('-') ? 'min' : 'max'
  return `${outermost}(${quoteName(column.column)})::text FROM ${quoteTable(column)}`
}

function toColumn({ namespace, name, column, type }: ColumnRow, outermost: string | null): SequenceColumn {
  return { table: `${namespace}.${name}`, column, type, outermost }
}
