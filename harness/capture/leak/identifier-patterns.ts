/** A sort of identifier that is recognised by its form. */
interface IdentifierPattern {
  readonly name: string
  /** A character that every such identifier holds. Texts without it are not searched. */
  readonly hint: RegExp
  readonly pattern: RegExp
  /** Tells whether a found identifier may stay. */
  readonly isHarmless: (found: string) => boolean
  /**
   * True when the pattern also applies to kept columns: a reason to keep dates or links is no reason to keep
   * addresses of people.
   */
  readonly inKept: boolean
  /**
   * True when plain digits can match by chance. Then only more than one in fifty of a column's values count as a
   * find.
   */
  readonly byChance: boolean
}

const RESERVED_HOST = /(^|\.)((invalid|test|example|localhost)|example\.(com|net|org))$/i

/** Identifiers that must not be in a snapshot, whatever column holds them. */
export const IDENTIFIER_PATTERNS: readonly IdentifierPattern[] = [
  {
    name: 'an e-mail address outside of the reserved domains',
    hint: /@/,
    pattern: /[\p{L}\p{N}._%+-]+@((?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,})/gu,
    isHarmless: (found) => RESERVED_HOST.test(found.slice(found.lastIndexOf('@') + 1)),
    inKept: true,
    byChance: false,
  },
  {
    name: 'a telephone number outside of the reserved range',
    hint: /\d[-. )]|\+\d/,
    pattern:
      /(?<![\w.+-])(?:(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}|\+\d{8,15})(?![\w-]|\.\d)/g,
    isHarmless: (found) => /55501\d\d$/.test(found.replace(/\D/g, '')),
    inKept: true,
    byChance: false,
  },
  {
    name: 'a social security number',
    hint: /\d-\d/,
    pattern: /(?<![\w.-])\d{3}-\d{2}-\d{4}(?![\w-])/g,
    // Never issued. Source: https://www.ssa.gov/employer/randomization.html
    isHarmless: (found) => /^(000|666|9\d\d)|-00-|-0000$/.test(found),
    inKept: true,
    byChance: false,
  },
  {
    name: 'a link to a host outside of the reserved domains',
    hint: /:\/\//,
    pattern: /\bhttps?:\/\/(?:[^\s/@"]*@)?([^\s/:"'?#<>]+)/gi,
    isHarmless: (found) => RESERVED_HOST.test(found.replace(/^https?:\/\/([^@]*@)?/i, '')),
    inKept: false,
    byChance: false,
  },
  {
    name: 'an IP address outside of the networks for documentation',
    hint: /\d\.\d/,
    pattern: /(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)/g,
    isHarmless: (found) => /^(192\.0\.2|198\.51\.100|203\.0\.113|127\.\d+\.\d+|0\.0\.0)\./.test(found),
    inKept: false,
    byChance: false,
  },
  {
    name: 'an identifier that tells a time (UUID of version 1, 6 or 7)',
    hint: /-[167]/,
    pattern: /\b[0-9a-f]{8}-[0-9a-f]{4}-[167][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/gi,
    isHarmless: () => false,
    inKept: false,
    byChance: false,
  },
  {
    name: 'an identifier that tells a time (ULID)',
    hint: /[0-7][0-9A-HJKMNP-TV-Z]{9}/,
    pattern: /\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b/g,
    isHarmless: (found) => !isRecentUlid(found),
    inKept: false,
    byChance: true,
  },
  {
    name: 'an identifier that holds a date',
    hint: /(19|20)\d\d-?[01]\d/,
    pattern: /(?<!\d)(?:19|20)\d\d-?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[-_]?[0-9A-Za-z]{2,}|(?!\w))/g,
    isHarmless: () => false,
    inKept: false,
    byChance: true,
  },
]

/**
 * Recognises a ULID by its time: ten characters with milliseconds since 1970, between 2000 and 2050. Source:
 * https://github.com/ulid/spec
 */
function isRecentUlid(text: string): boolean {
  let time = 0
  for (const char of text.slice(0, 10)) time = time * 32 + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(char)
  return time > 946_684_800_000 && time < 2_524_608_000_000
}

/** Tells whether values of a type are texts that these patterns can match. */
export function mayHoldIdentifiers(type: string): boolean {
  return !/^(timestamp|date|time|interval|smallint|integer|bigint|numeric|real|double|boolean|bytea|money|oid)/.test(
    type,
  )
}
