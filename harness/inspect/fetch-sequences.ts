import type { ClientBase } from 'pg'
import { quoteName, quoteTable } from '../ground/quote.ts'
import type { SequenceModel } from '../model/schema-model.ts'
import { query } from './query.ts'

interface SequenceRow {
  namespace: string
  name: string
  type: string
  increment: string
  limit: string
  ownerNamespace: string | null
  ownerTable: string | null
  ownerColumn: string | null
  ownerIsInteger: boolean | null
}

/** Sequences with their next value and the outermost value stored in the column that owns them (one max() or min() each). */
export async function fetchSequences(client: ClientBase): Promise<SequenceModel[]> {
  const models: SequenceModel[] = []
  for (const row of await query<SequenceRow>(client, 'sequences')) {
    const { namespace, name, type, increment, limit } = row
    const nextValue = await fetchNextValue(client, row)
    models.push({
      namespace,
      name,
      type,
      increment,
      limit,
      nextValue,
      ownedBy: await fetchOwner(client, row),
    })
  }
  return models
}

async function fetchNextValue(
  client: ClientBase,
  { namespace, name, increment }: SequenceRow,
): Promise<string> {
  // A sum beyond bigint is exactly what a used-up sequence looks like, so it is made in numeric.
  const { rows } = await client.query<{ next: string }>(
    `SELECT (last_value::numeric + CASE WHEN is_called THEN $1::numeric ELSE 0 END)::text AS next
       FROM ${quoteTable({ namespace, name })}`,
    [increment],
  )
  return rows[0]?.next ?? ''
}

async function fetchOwner(client: ClientBase, row: SequenceRow): Promise<SequenceModel['ownedBy']> {
  if (row.ownerNamespace === null || row.ownerTable === null || row.ownerColumn === null) return null
  const owner = { table: `${row.ownerNamespace}.${row.ownerTable}`, column: row.ownerColumn }
  if (!row.ownerIsInteger) return { ...owner, outermost: null }
  const outermost = row.increment.startsWith('-') ? 'min' : 'max'
  const table = quoteTable({ namespace: row.ownerNamespace, name: row.ownerTable })
  const { rows } = await client.query<{ value: string | null }>(
    `SELECT ${outermost}(${quoteName(row.ownerColumn)})::text AS value FROM ${table}`,
  )
  return { ...owner, outermost: rows[0]?.value ?? null }
}
