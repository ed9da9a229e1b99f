const SHORT_FORMS: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int: 'integer',
  int8: 'bigint',
  bool: 'boolean',
  float4: 'real',
  float8: 'double precision',
  decimal: 'numeric',
  varchar: 'character varying',
  char: 'character',
  timestamptz: 'timestamp with time zone',
  timestamp: 'timestamp without time zone',
  timetz: 'time with time zone',
  time: 'time without time zone',
}

/** A type as format_type prints it, from the short forms people write: `timestamp(3)` -> `timestamp(3) without time zone`. */
export function toCanonicalType(written: string): string {
  const match = /^([a-z0-9]+)\s*(\([\d,\s]+\))?((?:\[\])*)$/.exec(written.trim())
  if (!match) return written.trim()
  const [, name = '', modifier = '', array = ''] = match
  const long = SHORT_FORMS[name] ?? name
  const [head = long, ...rest] = long.split(' ')
  const digits = modifier.replaceAll(' ', '')
  const withModifier = long.includes('time zone')
    ? [`${head}${digits}`, ...rest].join(' ')
    : `${long}${digits}`
  return withModifier + array
}

/** A default without the cast to the column's own type, which Postgres adds when it prints: `'PENDING'::text` -> `'PENDING'`. */
export function toCanonicalDefault(printed: string | null, columnType: string): string | null {
  if (printed === null) return null
  const text = printed.trim()
  const bare = columnType.replace(/\([\d,]+\)/, '')
  for (const type of [columnType, bare]) {
    if (text.endsWith(`::${type}`)) return text.slice(0, -type.length - 2)
  }
  return text
}
