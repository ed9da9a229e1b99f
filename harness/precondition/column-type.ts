/** A column's type, as far as casts to and from it depend on it. */
export interface ColumnType {
  readonly family:
    | 'integer'
    | 'numeric'
    | 'float'
    | 'text'
    | 'boolean'
    | 'date'
    | 'timestamp'
    | 'uuid'
    | 'json'
    | 'other'
  /** Of an integer: its bytes; of a float 4 or 8; of a text its greatest number of characters; of a numeric its digits; else null. */
  readonly size: number | null
  /** Digits behind the point of a numeric. */
  readonly scale: number
  readonly isArray: boolean
  /** Without dimensions, as SQL. */
  readonly element: string
}

const INTEGERS: Readonly<Record<string, number>> = {
  smallint: 2,
  int2: 2,
  smallserial: 2,
  integer: 4,
  int: 4,
  int4: 4,
  serial: 4,
  bigint: 8,
  int8: 8,
  bigserial: 8,
}
const FLOATS: Readonly<Record<string, number>> = { real: 4, float4: 4, 'double precision': 8, float8: 8 }
const FAMILIES: Readonly<Record<string, ColumnType['family']>> = {
  numeric: 'numeric',
  decimal: 'numeric',
  text: 'text',
  'character varying': 'text',
  varchar: 'text',
  character: 'text',
  char: 'text',
  bpchar: 'text',
  citext: 'text',
  'public.citext': 'text',
  boolean: 'boolean',
  bool: 'boolean',
  date: 'date',
  'timestamp without time zone': 'timestamp',
  timestamp: 'timestamp',
  'timestamp with time zone': 'timestamp',
  timestamptz: 'timestamp',
  uuid: 'uuid',
  json: 'json',
  jsonb: 'json',
}

/** Reads a type as `format_type` prints it or as a migration writes it. */
export function toColumnType(type: string): ColumnType {
  const isArray = /\[\d*\]$/.test(type)
  const element = type.replace(/(\[\d*\])+$/, '').replace(/^pg_catalog\./, '')
  const [, digits, scale = '0'] = /\((\d+)(?:,\s*(-?\d+))?\)/.exec(element) ?? []
  const bare = element
    .replace(/\(.*?\)/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const size = digits === undefined ? null : Number(digits)
  const plain = { scale: Number(scale), isArray, element }
  if (bare in INTEGERS) return { ...plain, family: 'integer', size: INTEGERS[bare] ?? null }
  if (bare in FLOATS) return { ...plain, family: 'float', size: FLOATS[bare] ?? null }
  const family = FAMILIES[bare] ?? 'other'
  // Without a length, char is char(1).
  const isChar = /^(character|char)$/.test(bare)
  return { ...plain, family, size: size ?? (isChar ? 1 : null) }
}
