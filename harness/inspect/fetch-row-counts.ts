import type { ClientBase } from 'pg'
import { quoteTable, quoteText } from '../ground/quote.ts'
import type { SchemaModel } from '../model/schema-model.ts'

/** Exact count(*) of every table of the model in one query, keyed `namespace.table`. Reads all rows. */
export async function fetchRowCounts(
  client: ClientBase,
  schema: SchemaModel,
): Promise<Record<string, number>> {
  if (schema.tables.length === 0) return {}
  const counts = schema.tables.map((table) => {
    const key = quoteText(`${table.namespace}.${table.name}`)
    return `SELECT ${key} AS "table", count(*) AS "rows" FROM ${quoteTable(table)}`
  })
  const { rows } = await client.query<{ table: string; rows: string }>(counts.join('\nUNION ALL\n'))
  return Object.fromEntries(rows.map((row) => [row.table, Number(row.rows)]))
}
