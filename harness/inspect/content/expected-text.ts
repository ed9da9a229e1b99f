import pg from 'pg'
import type { ColumnIdentity, TableIdentity } from '../../model/content.ts'
import { toTextSql, toValueSql } from './column-text.ts'
import { toFrom } from './fetch-content.ts'

/**
 * SQL of the text that an old value must have in a column of another type, so that nothing of it is lost: its text in the new type, where
 * the way back gives the old value again; else the old text.
 */
export async function fetchExpectedText(
  before: pg.ClientBase,
  table: TableIdentity,
  was: ColumnIdentity,
  is: ColumnIdentity,
): Promise<string> {
  const text = toTextSql(was)
  if (was.type === is.type) return text
  const value = toValueSql(was)
  const isThereAndBack = `(${value})::${is.type}::${was.type}::text = ${text}`
  // Other spaces and another order of keys are the same document; a key that stands twice loses one of its values.
  const isLosslessJson = `${text} IS JSON WITH UNIQUE KEYS`
  const candidate = (condition: string) =>
    `CASE WHEN ${condition} THEN (${value})::${is.type}::text ELSE ${text} END`
  const candidates = [...(is.type === 'jsonb' ? [candidate(isLosslessJson)] : []), candidate(isThereAndBack)]
  for (const sql of candidates) if (await isEvaluable(before, table, sql)) return sql
  return text
}

/** Tells whether SQL over a row can be evaluated on every row of a table. */
async function isEvaluable(client: pg.ClientBase, table: TableIdentity, sql: string): Promise<boolean> {
  return (await fetchRefusal(client, table, sql)) === null
}

/** Evaluates SQL over every row of a table; why Postgres refused, or null. */
export async function fetchRefusal(
  client: pg.ClientBase,
  table: TableIdentity,
  sql: string,
): Promise<{ readonly sqlstate: string; readonly message: string } | null> {
  try {
    await client.query(`SELECT count(${sql}) FROM ${toFrom(table)}`)
    return null
  } catch (error) {
    // Classes 22, 2B and 42: the value, the cast or a name; anything else is no matter of the SQL.
    if (!(error instanceof pg.DatabaseError) || !/^(22|2B|42|0A)/.test(error.code ?? '')) throw error
    return { sqlstate: error.code ?? '', message: error.message }
  }
}
