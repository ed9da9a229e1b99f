import { quoteName } from '../../ground/quote.ts'
import type { SourceForeignKey } from '../../model/source.ts'
import type { KeyedTable, UniqueKey } from './fetch-keys.ts'

/** How one table is multiplied. */
export interface Copying {
  readonly table: KeyedTable
  /** Number that tells the temporary tables of different tables apart. */
  readonly id: number
  readonly rows: number
  readonly copies: number
  /** Number of rows that are copied in turn. */
  sources: number
  /** Fresh values by column, as SQL about `o` and `c.i`. */
  readonly fresh: Map<string, string>
  /** Keys that stay unique because each copy refers to other rows. */
  chosen: readonly Chosen[]
  readonly movable: readonly Reference[]
  readonly referred: readonly string[]
}

/** A foreign key and how the table it refers to is multiplied. */
export interface Reference {
  readonly key: SourceForeignKey
  readonly parent: Copying
}

/** A unique key whose references are chosen anew for each copy. */
export interface Chosen {
  readonly key: UniqueKey
  /** The largest table first. */
  readonly references: readonly Reference[]
  /** Columns of the key that keep their values. */
  readonly rest: readonly string[]
}

/**
 * Names of the temporary tables: `o` holds the original rows, numbered; `k` what others refer to, of all rows; `b`
 * the references chosen for a key.
 */
export const toOriginals = ({ id }: Copying) => `pg_temp.phaseproof_o${id}`
export const toKeys = ({ id }: Copying) => `pg_temp.phaseproof_k${id}`
export const toChoice = ({ id }: Copying, at: number) => `pg_temp.phaseproof_b${id}_${at}`

/** Names of our own columns, which no table has. */
export const NUMBER = '"phaseproof.n"'
/** Position among the rows that are copied; NULL for other rows. */
export const TURN = '"phaseproof.q"'
/** Name of the column that tells whether a unique key applies to the row. */
export const toSpokenAbout = (at: number) => `"phaseproof.u${at}"`

/** The rows of a table as SQL, without children of inheritance. */
export function renderRows({ namespace, name, partitioned }: KeyedTable): string {
  return `${partitioned ? '' : 'ONLY '}${quoteName(namespace)}.${quoteName(name)}`
}

/** How often the row at a turn is copied, as SQL. */
export function renderTimes({ copies, sources }: Copying, turn = TURN): string {
  return sources === 0 ? '0' : `coalesce((${copies - 1 + sources} - ${turn}) / ${sources}, 0)`
}

/**
 * A query for the copies with some of their columns, the copy's number first. Copy `i` is one of the row at turn `i
 * mod sources`.
 */
export function renderCopies(copying: Copying, columns: readonly string[], limit = ''): string {
  const joins: string[] = []
  const values = new Map<string, string>()
  for (const [column, sql] of copying.fresh) values.set(column, sql)
  copying.movable.forEach((reference, at) => {
    if (!reference.key.columns.some((column) => columns.includes(column))) return
    if (reference.parent.copies > 0) joinSpread(reference, at)
    copying.chosen.forEach((chosen, which) => {
      if (!chosen.references.includes(reference)) return
      const place = copying.table.uniques.indexOf(chosen.key)
      joins.push(`LEFT JOIN ${toChoice(copying, which)} b${at} ON b${at}.i = c.i`)
      for (const column of reference.key.columns) {
        const otherwise = values.get(column) ?? `o.${quoteName(column)}`
        values.set(
          column,
          `CASE WHEN o.${toSpokenAbout(place)} THEN b${at}.${quoteName(column)} ELSE ${otherwise} END`,
        )
      }
    })
  })
  const selected = columns.map(
    (column) => `, ${values.get(column) ?? `o.${quoteName(column)}`} AS ${quoteName(column)}`,
  )
  return `SELECT c.i${selected.join('')}
    FROM generate_series(0::bigint, ${copying.copies - 1}::bigint) AS c(i)
    JOIN ${toOriginals(copying)} o ON o.${TURN} = c.i % ${copying.sources} ${joins.join('\n    ')} ${limit}`

  /** Joins the copied row's own parent or a copy of it, taking all of them in turn. */
  function joinSpread({ key, parent }: Reference, at: number): void {
    const pairs = key.columns.map(
      (column, place) => `p${at}.${quoteName(key.refers.columns[place] as string)} = o.${quoteName(column)}`,
    )
    const turn = `(c.i / ${copying.sources} + 1 + c.i % ${copying.sources}) % (${renderTimes(parent, `p${at}.${TURN}`)} + 1)`
    joins.push(`LEFT JOIN ${toOriginals(parent)} p${at} ON ${pairs.join(' AND ')}`)
    joins.push(`LEFT JOIN ${toKeys(parent)} r${at} ON r${at}.n = CASE ${turn} WHEN 0 THEN p${at}.${NUMBER}
      ELSE ${parent.rows} + p${at}.${TURN} + ${parent.sources} * (${turn} - 1) END`)
    key.columns.forEach((column, place) => {
      const referred = quoteName(key.refers.columns[place] as string)
      values.set(column, `CASE WHEN r${at}.n IS NULL THEN o.${quoteName(column)} ELSE r${at}.${referred} END`)
    })
  }
}

/** A query for what others refer to, of all rows: originals by their number, then copies. */
export function renderKeys(copying: Copying): string {
  const list = copying.referred.map((column) => `, ${quoteName(column)}`).join('')
  const originals = `SELECT ${NUMBER} AS n${list} FROM ${toOriginals(copying)}`
  if (copying.copies === 0) return originals
  return `${originals} UNION ALL SELECT ${copying.rows} + i${list} FROM (${renderCopies(copying, copying.referred)}) AS copies`
}

/** More rows than any table has, and less than the end of bigint. */
const MANY = 10n ** 15n

/** The number of ways in which the rows that a key refers to can be combined. */
export function countWays({ references }: Chosen): bigint {
  const ways = references.reduce((product, { parent }) => product * BigInt(parent.rows + parent.copies), 1n)
  return ways > MANY ? MANY : ways
}

/**
 * A query that gives each copy a combination of referred rows that no other row has. It counts through the
 * combinations so that all rows have their turn, and leaves out those in use.
 */
export function renderChoice(copying: Copying, at: number): string {
  const chosen = copying.chosen[at] as Chosen
  const spoken = toSpokenAbout(copying.table.uniques.indexOf(chosen.key))
  const rest = chosen.rest.map(quoteName)
  const restOf = (alias: string) => rest.map((column) => `${alias}.${column}, `).join('')
  const sizes = chosen.references.map(({ parent }) => parent.rows + parent.copies)
  const indexes = sizes.map((size, place) => {
    if (place === 0) return `t.w % ${size}`
    const before = sizes.slice(0, place).reduce((product, one) => product * BigInt(one), 1n)
    return before > MANY ? '0' : `t.w / ${before}`
  })
  // Each index is shifted by the one before it, or the first rows of one table would only meet the first of the other.
  const shifted: string[] = []
  for (const [place, index] of indexes.entries()) {
    shifted.push(place === 0 ? index : `((${index}) + (${shifted[place - 1]})) % ${sizes[place]}`)
  }
  const joins = chosen.references.map(
    ({ parent }, place) => `JOIN ${toKeys(parent)} r${place} ON r${place}.n = ${shifted[place]}`,
  )
  const columns = chosen.references.flatMap(({ key }, place) =>
    key.columns.map((column, where) => ({
      column: quoteName(column),
      value: `r${place}.${quoteName(key.refers.columns[where] as string)}`,
    })),
  )
  const same = [
    ...rest.map((column) => `o.${column} = t.${column}`),
    ...columns.map(({ column, value }) => `o.${column} = ${value}`),
  ]
  const partition = rest.length === 0 ? '' : `PARTITION BY ${rest.join(', ')} `
  return `
    WITH needs AS (
      SELECT ${restOf('o')}count(*) AS have, sum(${renderTimes(copying, `o.${TURN}`)}) AS need
        FROM ${toOriginals(copying)} o WHERE o.${spoken} GROUP BY ${rest.map((column) => `o.${column}`).join(', ') || '()'}
    ), tries AS (
      SELECT ${restOf('needs')}CASE WHEN have + need < ${sizes[0]} THEN way * ${sizes[0]} / (have + need)::bigint ELSE way END AS w
        FROM needs, generate_series(0, (have + need)::bigint - 1) AS way WHERE need > 0
    ), free AS (
      SELECT ${restOf('t')}${columns.map(({ column, value }) => `${value} AS ${column}, `).join('')}t.w
        FROM tries t ${joins.join(' ')}
       WHERE NOT EXISTS (SELECT FROM ${toOriginals(copying)} o WHERE o.${spoken} AND ${same.join(' AND ')})
    ), offers AS (
      SELECT free.*, row_number() OVER (${partition}ORDER BY w) AS turn FROM free
    ), asks AS (
      SELECT ${rest.map((column) => `${column}, `).join('')}i, row_number() OVER (${partition}ORDER BY i) AS turn
        FROM (SELECT ${restOf('o')}c.i FROM generate_series(0::bigint, ${copying.copies - 1}::bigint) AS c(i)
                JOIN ${toOriginals(copying)} o ON o.${TURN} = c.i % ${copying.sources} WHERE o.${spoken}) AS wanted
    )
    SELECT asks.i${columns.map(({ column }) => `, offers.${column}`).join('')}
      FROM asks JOIN offers USING (${[...rest, 'turn'].join(', ')})`
}
