import { quoteName } from '../../ground/quote.ts'
import type { ColumnIdentity } from '../../model/content.ts'

/** Settings of a session in which equal values are written as equal texts, whatever the server's defaults are. */
export const EXACT_SESSION = `
  SET search_path = '';
  SET row_security = off;
  SET TimeZone = 'UTC';
  SET DateStyle = 'ISO, YMD';
  SET IntervalStyle = 'postgres';
  SET extra_float_digits = 1;
  SET bytea_output = 'hex';
  SET lc_monetary = 'C';
  SET xmlbinary = 'base64';
  SET statement_timeout = 0;
`

/** SQL of a column's value, of a type that can stand in a row; what is written by name elsewhere is its object identifier. */
export function toValueSql({ name, type }: ColumnIdentity): string {
  // A `regclass` is written as the name of its table, which a rename changes although the value stays.
  const [, list] = /^reg[a-z]+(\[\])?$/.exec(type) ?? [null, null]
  return list === null ? quoteName(name) : `${quoteName(name)}::oid${list ?? ''}`
}

/** SQL of the text of a column's value. */
export function toTextSql(column: ColumnIdentity): string {
  return `${toValueSql(column)}::text`
}

/** SQL of a 64-bit hash of a text. Its collation is fixed: one that is not deterministic could take different texts for equal. */
export function toHashSql(text: string, seed = '0'): string {
  return `hashtextextended((${text}) COLLATE "C", ${seed})`
}
