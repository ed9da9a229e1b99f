import type pg from 'pg'
import { quoteName } from '../../ground/quote.ts'
import type { SourceColumn } from '../../model/source.ts'

/**
 * Finds ways to give each copy its own value in a column, the most natural first, as SQL about the row `o` and the
 * copy's number `c.i` (from 0). No value occurs twice.
 * @param originals the table of rows to copy, as SQL
 */
export async function findFreshValues(
  client: pg.Client,
  column: SourceColumn,
  originals: string,
  copies: number,
): Promise<readonly string[]> {
  const name = quoteName(column.name)
  const fetch = async <R extends pg.QueryResultRow>(sql: string) => (await client.query<R>(sql)).rows
  const { rows } = await client.query(`SELECT FROM ${originals} WHERE ${name} IS NOT NULL LIMIT 1`)
  if (rows.length === 0) return [`o.${name}`]
  return (await toWays()).map((way) => `CASE WHEN o.${name} IS NOT NULL THEN ${way} END`)

  async function toWays(): Promise<readonly string[]> {
    if (column.form === 'integer') return toIntegers()
    if (column.form === 'decimal') {
      const [top] = await fetch<{ top: string | null }>(
        `SELECT floor(max(${name})) AS top FROM ${originals} WHERE ${name}::text NOT IN ('NaN', 'Infinity', '-Infinity')`,
      )
      return [`${top?.top ?? 0} + 1 + c.i`]
    }
    if (column.form === 'uuid') return (await toTexts(12)).map((way) => `(${way})::uuid`)
    if (column.form === 'text') return toTexts(0)
    return toMoments()
  }

  /** Finds a gap that is wide enough: behind the highest value, else between values, else below the lowest. */
  async function toIntegers(): Promise<readonly string[]> {
    const [low, high] = RANGES[column.integer ?? 'int8']
    const gaps = await fetch<{ base: string }>(`
      WITH v AS (SELECT DISTINCT ${name}::numeric AS v FROM ${originals} WHERE ${name} IS NOT NULL),
           gaps AS (SELECT v + 1 AS base, coalesce(lead(v) OVER w, ${high}::numeric + 1) - v - 1 AS room, lead(v) OVER w IS NULL AS last
                      FROM v WINDOW w AS (ORDER BY v)
                    UNION ALL SELECT min(v) - ${copies}, min(v) - (${low})::numeric, false FROM v)
      SELECT base::text FROM gaps WHERE room >= ${copies} ORDER BY last DESC, base >= 0 DESC, abs(base) LIMIT 3`)
    return gaps.map(({ base }) => `'${base}'::bigint + c.i`)
  }

  /** Days or seconds behind the latest value, else before the earliest. */
  async function toMoments(): Promise<readonly string[]> {
    const step = column.type === 'date' ? `(c.i + 1)::integer` : `(c.i + 1) * interval '1 second'`
    const [edge] = await fetch<{ first: string | null; last: string | null }>(
      `SELECT min(${name})::text AS first, max(${name})::text AS last FROM ${originals} WHERE isfinite(${name})`,
    )
    const literal = (text: string | null | undefined) => `'${text ?? '2000-01-01'}'::${column.type}`
    return [`${literal(edge?.last)} + ${step}`, `${literal(edge?.first)} - ${step}`]
  }

  /**
   * Numbered texts continue their numbers. In other texts a number replaces the last characters or is appended; in an
   * e-mail address that happens before the @.
   */
  async function toTexts(leastDigits: number): Promise<readonly string[]> {
    // Digits are the same in upper and lower case, so the values stay unique under `lower(…)` too.
    const parts = (value: string) => {
      const at = `position('@' in ${value})`
      return {
        head: `CASE WHEN ${at} > 1 THEN left(${value}, ${at} - 1) ELSE ${value} END`,
        tail: `CASE WHEN ${at} > 1 THEN substr(${value}, ${at}) ELSE '' END`,
      }
    }
    const { head, tail } = parts(`o.${name}::text`)
    const of = (select: string) => {
      const own = parts(`${name}::text`)
      return `SELECT ${select} FROM (SELECT ${own.head} AS h, ${own.tail} AS t FROM ${originals} WHERE ${name} IS NOT NULL) AS texts`
    }
    const [about] = await fetch<TextsFound>(
      of(`min(length(h)) AS shortest, max(length(t)) AS "longestTail", bool_and(h ~ '[0-9]$' AND h !~ '[0-9]{16}$') AS numbered,
          max(substring(h from '[0-9]{1,15}$')::bigint)::text AS last`),
    )
    const { shortest, longestTail, numbered, last } = about as TextsFound
    const ways: string[] = []
    if (numbered && leastDigits === 0) {
      const number = `(${last} + 1 + c.i)::text`
      const width = `greatest(length(substring(${head} from '[0-9]+$')), length(${number}))`
      ways.push(`regexp_replace(${head}, '[0-9]+$', '') || lpad(${number}, ${width}, '0') || ${tail}`)
    }
    const { digits, base } = await findRoom(of, Math.max(leastDigits, String(copies).length))
    const number = `lpad((${base} + c.i)::text, ${digits}, '0')`
    if (digits <= shortest) ways.push(`left(${head}, -${digits}) || ${number} || ${tail}`)
    const room = (column.maxLength ?? 1_000_000) - longestTail - digits
    if (room >= 0) ways.push(`left(${head}, ${room}) || ${number} || ${tail}`)
    return ways
  }

  /**
   * The fewest digits for which a range of numbers is free at the end of all texts, and the first number of that
   * range.
   */
  async function findRoom(
    of: (select: string) => string,
    least: number,
  ): Promise<{ digits: number; base: bigint }> {
    for (let digits = least; ; digits += 1) {
      const [found] = await fetch<{ last: string | null }>(
        of(`max(right(h, ${digits})::numeric)::text AS last`) +
          ` WHERE length(h) >= ${digits} AND right(h, ${digits}) ~ '^[0-9]+$'`,
      )
      const base = BigInt(found?.last ?? -1) + 1n
      if (base + BigInt(copies) <= 10n ** BigInt(digits)) return { digits, base }
    }
  }
}

interface TextsFound {
  readonly shortest: number
  readonly longestTail: number
  readonly numbered: boolean
  readonly last: string | null
}

const RANGES = {
  int2: ['-32768', '32767'],
  int4: ['-2147483648', '2147483647'],
  int8: ['-9223372036854775808', '9223372036854775807'],
} as const
