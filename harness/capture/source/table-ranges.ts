import type pg from 'pg'
import { quoteName, quoteTable, quoteText } from '../../ground/quote.ts'
import type { SourceTable } from '../../model/source.ts'

/** Fewest rows for which a range is worth a session of its own. */
const LEAST_ROWS = 100_000

/** Sampled rows for each range. Their keys show where to cut, however unevenly the keys are spread. */
const SAMPLED = 2000

/**
 * Conditions that cut a table into ranges of its primary key with about equally many rows, in key order, as SQL about
 * the alias `t`. The list is empty for a table that is read whole. It reads a sample of blocks.
 */
export async function planRanges(
  client: pg.Client,
  table: SourceTable,
  most: number,
  leastRows = LEAST_ROWS,
): Promise<readonly string[]> {
  // Read whole is a table that is small, has no primary key, is partitioned, or has a key of a type that Postgres
  // does not bring along, whose operators may be missing.
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
