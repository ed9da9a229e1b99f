import pg from 'pg'
import { quoteName, quoteTable } from '../../ground/quote.ts'
import { type Copying, NUMBER, toOriginals } from './copies-sql.ts'

const TRIED_COPIES = 200

/**
 * Tells whether the first and last copies would be accepted with these values in a column. It asks an empty table
 * with the same types and checks, and removes that table.
 * @param way values as SQL about `o` and `c.i`
 */
export async function isAccepted(
  client: pg.Client,
  copying: Copying,
  column: string,
  way: string,
): Promise<boolean> {
  const { table, copies, rows, fresh } = copying
  const names = table.columns.filter(({ generated }) => !generated).map(({ name }) => name)
  const values = names.map((name) => (name === column ? way : (fresh.get(name) ?? `o.${quoteName(name)}`)))
  await client.query(
    `CREATE TEMP TABLE pg_temp.phaseproof_sample (LIKE ${quoteTable(table)} INCLUDING CONSTRAINTS INCLUDING GENERATED)`,
  )
  try {
    await client.query(
      `INSERT INTO pg_temp.phaseproof_sample (${names.map(quoteName).join(', ')}) SELECT ${values.join(', ')}
         FROM (SELECT generate_series(0::bigint, ${Math.min(TRIED_COPIES, copies) - 1})
               UNION SELECT generate_series(${Math.max(0, copies - TRIED_COPIES)}::bigint, ${copies - 1})) AS c(i)
         JOIN ${toOriginals(copying)} o ON o.${NUMBER} = c.i % ${rows}`,
    )
    return true
  } catch (error) {
    if (error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')) return false
    throw error
  } finally {
    await client.query('DROP TABLE pg_temp.phaseproof_sample')
  }
}
