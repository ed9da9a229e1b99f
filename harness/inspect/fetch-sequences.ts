import { type ClientBase, escapeIdentifier } from 'pg'
import type { SequenceModel } from '../model/schema-model.ts'
import { query } from './query.ts'

interface SequenceRow {
  namespace: string
  name: string
  type: string
  increment: string
  nextValue: string
  ownerNamespace: string | null
  ownerTable: string | null
  ownerColumn: string | null
}

/** Sequences with their next value and the largest value stored in the column that owns them (one max() each). */
export async function fetchSequences(client: ClientBase): Promise<SequenceModel[]> {
  const models: SequenceModel[] = []
  for (const row of await query<SequenceRow>(client, 'sequences')) {
    const { namespace, name, type, increment, nextValue } = row
    models.push({ namespace, name, type, increment, nextValue, ownedBy: await fetchOwner(client, row) })
  }
  return models
}

async function fetchOwner(client: ClientBase, row: SequenceRow): Promise<SequenceModel['ownedBy']> {
  if (row.ownerNamespace === null || row.ownerTable === null || row.ownerColumn === null) return null
  const table = `${escapeIdentifier(row.ownerNamespace)}.${escapeIdentifier(row.ownerTable)}`
  const { rows } = await client.query<{ max: string | null }>(
    `SELECT max(${escapeIdentifier(row.ownerColumn)})::text AS max FROM ${table}`,
  )
  return {
    table: `${row.ownerNamespace}.${row.ownerTable}`,
    column: row.ownerColumn,
    maxValue: rows[0]?.max ?? null,
  }
}
