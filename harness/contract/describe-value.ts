import { toRecord } from './resolve-pointer.ts'

const sensitiveName =
  /pass(word|wd|phrase)|secret|token|authori[sz]ation|cookie|e-?mail|phone|patient|birth|address|ssn|contact/i
const shownLength = 60

/** Tells whether a value must never be shown, by its name or because the schema says `x-sensitive: true`. */
export function isSensitive(pointer: string, schema?: unknown): boolean {
  const { 'x-sensitive': marked, format, writeOnly } = toRecord(schema)
  if (marked === true || writeOnly === true || format === 'email' || format === 'password') return true
  return pointer.split('/').some((part) => sensitiveName.test(part))
}

/** A value in words: short ones as they are, structures by their outline, sensitive ones by their kind only. */
export function describeValue(value: unknown, pointer: string, schema?: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object') return describeObject(value)
  if (isSensitive(pointer, schema) || looksPersonal(value)) return `${toKind(value)}, hidden`
  const text = JSON.stringify(value)
  return `${toKind(value)} ${text.length > shownLength ? `${text.slice(0, shownLength)}…` : text}`
}

function describeObject(value: object): string {
  const names = Object.keys(value)
  const shown = names.slice(0, 8).join(', ')
  return names.length === 0
    ? 'an empty object'
    : `an object with ${shown}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`
}

function toKind(value: unknown): string {
  return typeof value === 'string' ? 'the string' : `the ${typeof value}`
}

/**
 * Recognises values that must not be shown anywhere: an e-mail address, a signed token, a bcrypt hash, a telephone
 * number.
 */
function looksPersonal(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /\S@\S+\.\S|^ey[\w-]+\.[\w-]+\.|^\$2[aby]\$|^\+?[\d ()-]{7,}$/.test(value) &&
    !/^\d{4}-\d\d-\d\d/.test(value)
  )
}
