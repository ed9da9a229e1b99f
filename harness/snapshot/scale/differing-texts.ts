import type pg from 'pg'
import { quoteName } from '../../ground/quote.ts'
import type { KeyedTable } from './fetch-keys.ts'

/** A column that alone is a primary key, and its table as SQL. */
export interface KeyColumn {
  readonly table: string
  readonly column: string
}

/** Fewest values that can tell whether a column differs by rule or by chance. */
const TELLING_ROWS = 30
/** Pairs of rows with a common parent that would agree by chance. If none of so many does, that is a rule. */
const TELLING_PAIRS = 7

/**
 * Finds text columns whose values all differ, in the table or among rows with a common parent, though no key asks for
 * it. Columns whose values all are primary keys of rows elsewhere are left out.
 */
export async function findDifferingTexts(
  client: pg.Client,
  table: KeyedTable,
  originals: string,
  primaryKeys: readonly KeyColumn[],
): Promise<readonly string[]> {
  // A later migration may ask for a unique key on such a column, or for a foreign key on the others.
  const found: string[] = []
  for (const { name, type } of table.columns) {
    if (!/^(text|character|citext)/.test(type) || table.partitionColumns.includes(name)) continue
    const groups = [[], ...table.foreignKeys.map(({ columns }) => columns)]
    const conditions = groups.map((group) => renderDiffers(originals, name, group))
    const { rows } = await client.query<{ differs: boolean }>(`SELECT ${conditions.join(' OR ')} AS differs`)
    if (rows[0]?.differs && !(await isReference(name))) found.push(name)
  }
  return found

  async function isReference(name: string): Promise<boolean> {
    const value = `o.${quoteName(name)}`
    for (const { table: other, column } of primaryKeys) {
      const { rows } = await client.query(
        `SELECT FROM ${originals} o WHERE ${value} IS NOT NULL
            AND NOT EXISTS (SELECT FROM ${other} p WHERE p.${quoteName(column)}::text = ${value}::text) LIMIT 1`,
      )
      if (rows.length === 0) return true
    }
    return false
  }
}

/** SQL that tells whether the values differ within each group, and more than chance would make them. */
function renderDiffers(originals: string, name: string, group: readonly string[]): string {
  const value = quoteName(name)
  const columns = group.map(quoteName)
  const given = [value, ...columns].map((column) => `${column} IS NOT NULL`).join(' AND ')
  const all = `(SELECT count(*) = count(DISTINCT (${[...columns, value].join(', ')})) AND count(*) >= ${TELLING_ROWS} FROM ${originals} WHERE ${given})`
  if (group.length === 0) return all
  const pairs = `SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM ${originals} WHERE ${given} GROUP BY ${columns.join(', ')}) AS parents`
  const agreeing = `SELECT sum((n / total) ^ 2) FROM (SELECT count(*) AS n, sum(count(*)) OVER () AS total FROM ${originals} WHERE ${given} GROUP BY ${value}) AS texts`
  return `(${all} AND (${pairs}) * (${agreeing}) >= ${TELLING_PAIRS})`
}
