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
  varbit: 'bit varying',
  timestamptz: 'timestamp with time zone',
  timestamp: 'timestamp without time zone',
  timetz: 'time with time zone',
  time: 'time without time zone',
}

/** A type as format_type prints it, from the short forms people write: `timestamp(3)` -> `timestamp(3) without time zone`. */
export function toCanonicalType(written: string): string {
  // Quotes mark a name of one's own, where case counts.
  const text = written.includes('"') ? written.trim() : written.trim().toLowerCase()
  const match = /^([a-z0-9]+)\s*(\([\d,\s]+\))?((?:\[\])*)$/.exec(text)
  if (!match) return text
  const [, name = '', given = '', array = ''] = match
  const modifier = writtenModifier(SHORT_FORMS[name] ?? name, given)
  const long = SHORT_FORMS[name] ?? name
  const [head = long, ...rest] = long.split(' ')
  const digits = modifier.replaceAll(' ', '')
  const withModifier = long.includes('time zone')
    ? [`${head}${digits}`, ...rest].join(' ')
    : `${long}${digits}`
  return withModifier + array
}

/** Is it one type, whether `public.` stands before a type of one's own or not: `citext` and `public.citext`? */
export function isSameType(a: string, b: string): boolean {
  return a.replace(/^public\./, '') === b.replace(/^public\./, '')
}

/** The modifier as Postgres completes it: `numeric(10)` is `numeric(10,0)`, `char` is `character(1)`. */
function writtenModifier(long: string, given: string): string {
  if (long === 'numeric' && given !== '' && !given.includes(',')) return given.replace(')', ',0)')
  return (long === 'character' || long === 'bit') && given === '' ? '(1)' : given
}

/** A default without the cast to the column's own type, which Postgres adds when it prints: `'PENDING'::text` -> `'PENDING'`; `now()` by its other name. */
export function toCanonicalDefault(printed: string | null, columnType: string): string | null {
  if (printed === null) return null
  const text = printed.trim()
  const bare = columnType.replace(/\([\d,]+\)/, '')
  for (const type of [columnType, bare]) {
    if (text.endsWith(`::${type}`)) return toBareNumber(text.slice(0, -type.length - 2), bare)
  }
  return text === 'now()' ? 'CURRENT_TIMESTAMP' : text
}

/** Do two definitions, as Postgres prints them, say the same? A list of texts for a `varchar` is printed otherwise once it has been dumped and restored. */
export function isSameDefinition(a: string | null, b: string | null): boolean {
  return a === b || (a !== null && b !== null && toRestored(a) === toRestored(b))
}

const VARCHARS = /\(ARRAY\[((?:'(?:[^']|'')*'::character varying(?:, )?)+)\]\)::text\[\]/g

/** `(ARRAY['a'::character varying])::text[]` -> `ARRAY[('a'::character varying)::text]`: what the first is after a dump. */
function toRestored(definition: string): string {
  return definition.replace(VARCHARS, (_, elements: string) => {
    const cast = elements.replace(/'(?:[^']|'')*'::character varying/g, '($&)::text')
    return `ARRAY[${cast}]`
  })
}

const NUMBERS = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'])

/** Postgres prints a negative number as a quoted text with a cast: `'-1'::integer`. */
function toBareNumber(text: string, type: string): string {
  return NUMBERS.has(type) && /^'-[\d.]+'$/.test(text) ? text.slice(1, -1) : text
}
