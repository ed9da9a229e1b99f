import type pg from 'pg'
import { quoteName } from '../../ground/quote.ts'
import { type Copying, NUMBER, renderRows, TURN, toOriginals, toSpokenAbout } from './copies-sql.ts'

/**
 * Copies a table's rows into a temporary table, numbered, with a flag for each unique key that applies to the row.
 */
export async function numberRows(client: pg.Client, copying: Copying): Promise<void> {
  const { table } = copying
  const originals = toOriginals(copying)
  const spoken = table.uniques.map((key, at) => {
    // What an expression makes of NULL nobody knows.
    const isGiven = !key.nullsNotDistinct && !key.hasExpressions
    const given = isGiven ? key.columns.map((column) => `t.${quoteName(column)} IS NOT NULL`) : []
    return `, coalesce(${[key.predicate ?? 'true', ...given].join(' AND ')}, false) AS ${toSpokenAbout(at)}`
  })
  await client.query(
    `CREATE TEMP TABLE ${originals} AS
       SELECT row_number() OVER () - 1 AS ${NUMBER}, row_number() OVER () - 1 AS ${TURN}, t.*${spoken.join('')} FROM ${renderRows(table)} t`,
  )
  await client.query(`ANALYZE ${originals}`)
}
