import type { ClientBase } from 'pg'

/**
 * Counts, in one query, the rows that refer to a row which is not there: nothing is checked while triggers are off.
 * @param keys FROM and WHERE of each foreign key, null for what is none; the counts keep their order
 */
export async function fetchOrphans(
  client: ClientBase,
  keys: readonly (string | null)[],
): Promise<readonly (number | null)[]> {
  const selects = keys.flatMap((sql, position) =>
    sql === null ? [] : [`SELECT ${position} AS "key", count(*) AS "rows" ${sql}`],
  )
  if (selects.length === 0) return keys.map(() => null)
  const { rows } = await client.query<{ key: number; rows: string }>(selects.join('\nUNION ALL\n'))
  const counts = new Map(rows.map((row) => [row.key, Number(row.rows)]))
  return keys.map((_, position) => counts.get(position) ?? null)
}
