import type * as z from 'zod'

/**
 * What a schema found wrong, in sentences: where, what should stand there, and what kind of thing does. No value is quoted, because it
 * may be a row of production.
 * @param whole what the document is called: `the policy`
 */
export function toFaults(issues: readonly z.core.$ZodIssue[], whole: string): string[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const at = toPlace(issue.path, whole)
      return issue.keys.map((key) => `${at}: has the unknown key ${toShown(key)}; ${issue.message}`)
    }
    if (issue.code === 'invalid_key') {
      const key = String(issue.path.at(-1))
      return [`${toPlace(issue.path.slice(0, -1), whole)}: ${toShown(key)} ${issue.message}`]
    }
    const found = /^should be (?!.*, is )/.test(issue.message) ? `, is ${toKind(issue.input)}` : ''
    return [`${toPlace(issue.path, whole)}: ${issue.message}${found}`]
  })
}

// Names of tables, columns and paths of documents look like this; names of people, dates, numbers and addresses do not.
const NAME = /^[\p{L}_$][\p{L}\p{N}_$.*[\]-]{0,127}$/u
const MANY_DIGITS = /(\p{N}\P{N}*){7}/u

/** A key in quotes, or how long it is where it does not read like a name. */
function toShown(key: string): string {
  return isName(key) ? `"${key}"` : `of ${key.length} characters that is no name`
}

function isName(key: string): boolean {
  return NAME.test(key) && !MANY_DIGITS.test(key)
}

function toPlace(path: readonly PropertyKey[], whole: string): string {
  const place = path.map((part) => {
    if (typeof part === 'number') return `[${part}]`
    const key = String(part)
    if (isName(key)) return `.${key}`
    return key.startsWith('schema/') ? `["${key}"]` : `.(a key of ${key.length} characters)`
  })
  return place.length === 0 ? whole : place.join('').replace(/^\./, '')
}

/** Of what kind a value is, and how long. */
function toKind(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return value === '' ? 'an empty text' : `a text of length ${value.length}`
  if (typeof value !== 'number') return typeof value === 'object' ? 'an object' : `a ${typeof value}`
  return Number.isInteger(value) ? (value < 0 ? 'a number below 0' : 'a number') : 'a number with a fraction'
}
