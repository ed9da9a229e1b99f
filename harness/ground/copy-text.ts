/** A value of one column: `Date` for timestamps, a list for Postgres arrays (nested alike), `{ json }` for json and jsonb. */
export type CopyValue =
  | null
  | string
  | number
  | bigint
  | boolean
  | Date
  | readonly CopyValue[]
  | { readonly json: unknown }

/** One row in COPY's text format, without its line end. Source: https://www.postgresql.org/docs/17/sql-copy.html, "Text Format". */
export function toCopyLine(values: readonly CopyValue[]): string {
  return values.map(toCopyField).join('\t')
}

/**
 * One column in COPY's text format.
 * @throws RangeError for what Postgres cannot store: a NUL character, half a surrogate pair, an invalid date.
 */
export function toCopyField(value: CopyValue): string {
  return value === null ? '\\N' : escapeField(toInput(value))
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function escapeField(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char] as string)
}

/** The value as the input function of its type reads it. */
function toInput(value: Exclude<CopyValue, null>): string {
  if (typeof value === 'string') return assertStorable(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (value instanceof Date) return toTimestamp(value)
  if ('json' in value) return assertStorable(JSON.stringify(value.json))
  return `{${value.map(toArrayElement).join(',')}}`
}

function toArrayElement(value: CopyValue): string {
  if (value === null) return 'NULL'
  if (Array.isArray(value)) return toInput(value)
  // Always quoted: an unquoted NULL, an empty string or a comma would be read as something else.
  return `"${toInput(value).replace(/["\\]/g, '\\$&')}"`
}

function toTimestamp(date: Date): string {
  if (Number.isNaN(date.getTime())) throw new RangeError('a timestamp must be a valid date')
  const iso = date.toISOString()
  if (!/^\d{4}-/.test(iso) || iso.startsWith('0000'))
    throw new RangeError('a timestamp must be of the years 1 to 9999')
  // With its zone, which `timestamp` ignores and without which `timestamptz` would mean the session's zone.
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)}+00`
}

function assertStorable(text: string): string {
  if (text.includes('\0')) throw new RangeError('a text must not hold a NUL character')
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)) {
    throw new RangeError('a text must not hold half a surrogate pair')
  }
  return text
}
