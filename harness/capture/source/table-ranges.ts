import type pg from 'pg'
import { quoteName, quoteTable, quoteText } from '../../ground/quote.ts'
import type { SourceTable } from '../../model/source.ts'

/** Rows below which a range is not worth a session of its own. */
const LEAST_ROWS = 100_000

/** Rows of the sample for each range: their keys tell where to cut, however unevenly the keys are spread. */
const SAMPLED = 2000

/**
 * Conditions that cut a table into ranges of its primary key of about as many rows each, in the order of the key, as SQL about the
 * alias `t`. None for a table that is read as a whole: one that is small, has no primary key, is partitioned, or has a key of types
 * that Postgres does not bring along, whose operators need not be found. Reads a sample of blocks.
 */
export async function planRanges(
  client: pg.Client,
  table: SourceTable,
  most: number,
  leastRows = LEAST_ROWS,
): Promise<readonly string[]> {
  const count = Math.min(most, Math.floor(table.estimatedRows / leastRows))
  const keys = table.columns.filter(({ name }) => table.primaryKey.includes(name))
  // Types of other namespaces are named with theirs.
  if (count < 2 || keys.length === 0 || table.partitioned || keys.some(({ type }) => type.includes('.')))
    return []
  const names = table.primaryKey.map((name) => `t.${quoteName(name)}`)
  const percent = Math.min(100, (100 * SAMPLED * count) / table.estimatedRows)
  const { rows } = await client.query<string[]>({
    text: `SELECT ${names.map((name) => `${name}::text`).join(', ')} FROM ONLY ${quoteTable(table)} t
             TABLESAMPLE SYSTEM (${percent}) ORDER BY ${names.join(', ')}`,
    rowMode: 'array',
  })
  const cuts = Array.from(
    { length: count - 1 },
    (_, at) => rows[Math.floor(((at + 1) * rows.length) / count)],
  )
  const texts = cuts.flatMap((cut) => (cut ? [`(${cut.map((one) => quoteText(one)).join(', ')})`] : []))
  const bounds = [...new Set(texts)]
  const key = `(${names.join(', ')})`
  if (bounds.length === 0) return []
  return [undefined, ...bounds].map((from, at) => {
    const until = bounds[at]
    const sides = [
      ...(from === undefined ? [] : [`${key} >= ${from}`]),
      ...(until === undefined ? [] : [`${key} < ${until}`]),
    ]
    return sides.join(' AND ')
  })
}
