import type { TableIdentity } from '../../model/content.ts'
import { toHashSql } from './column-text.ts'
import { toFrom } from './fetch-content.ts'

/** Rows of a table on one side of a comparison, as SQL of texts. */
export interface RowTexts {
  readonly table: TableIdentity
  /** Texts of the columns by which rows are told apart. */
  readonly key: readonly string[]
  /** Texts of the columns that are compared. */
  readonly columns: readonly string[]
}

/** Parts that the rows are split into by the hash of their key, so that only parts that differ are read row by row. */
export const PARTS = 1024

/** SQL of a digest of the keys and of each column in each part. */
export function toPartsSql(rows: RowTexts): string {
  const digests = rows.columns.map((_, at) => `, sum(${toHashSql(`c${at}`, 'k')})::text AS d${at}`)
  return `SELECT (k & ${PARTS - 1})::int AS part, count(*) AS "rows", sum(k)::text AS keys${digests.join('')} FROM (${toRowsSql(rows)}) r GROUP BY 1`
}

/** SQL of a digest of each column by itself, without regard to which row a value stands in. */
export function toColumnDigestsSql({ table, columns }: RowTexts): string {
  const digests = columns.map((text, at) => `coalesce(sum(${toHashSql(text)}), 0)::text AS d${at}`)
  return `SELECT ${digests.join(', ')} FROM ${toFrom(table)}`
}

/** SQL of the rows of some parts: the hash of the key, then the hashes of the columns at these places, sorted by the first `width`. */
export function toHashesSql(
  rows: RowTexts,
  parts: readonly number[],
  places: readonly number[],
  width: number,
): string {
  const hashes = ['k', ...places.map((at) => toHashSql(`c${at}`, 'k'))]
  const order = Array.from({ length: width }, (_, at) => at + 1)
  const isAll = parts.length === PARTS
  const where = isAll ? '' : ` WHERE (k & ${PARTS - 1}) IN (${parts.join(', ')})`
  return `SELECT ${hashes.join(', ')} FROM (${toRowsSql(rows)}) r${where} ORDER BY ${order.join(', ')}`
}

/** SQL of the keys, as text for people, of the rows whose key has one of these hashes. */
export function toKeysSql(rows: RowTexts, hashes: readonly string[]): string {
  const label = `concat_ws(', ', ${rows.key.map(toShownSql).join(', ')})`
  return `SELECT DISTINCT k::text AS "hash", left(label, 60) AS "key"
    FROM (SELECT ${toKeyHash(rows)} AS k, ${label} AS label FROM ${toFrom(rows.table)} OFFSET 0) r
    WHERE k IN (${hashes.join(', ')})`
}

/** A key that is more than a number or a name for machines may be an address: then the start of its MD5 is told. */
function toShownSql(text: string): string {
  return `CASE WHEN (${text}) COLLATE "C" ~ '^[A-Za-z0-9_.-]{1,40}$' THEN (${text}) ELSE '#' || left(md5(${text}), 8) END`
}

function toRowsSql(rows: RowTexts): string {
  const columns = rows.columns.map((text, at) => `, ${text} AS c${at}`)
  // OFFSET 0 keeps the hash of the key from being made anew for each column.
  return `SELECT ${toKeyHash(rows)} AS k${columns.join('')} FROM ${toFrom(rows.table)} OFFSET 0`
}

function toKeyHash({ key }: RowTexts): string {
  return toHashSql(`ROW(${key.join(', ')})::text`)
}
