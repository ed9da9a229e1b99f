import type { TableName } from '../model/expectation.ts'

/**
 * Tells which objects a list of written names stands for: `trips`, `public.trips`, `audit.events`, `v1.events` for a dotted name in
 * `public`, and patterns: `billing_*` within `public`, `audit.*`.
 */
export function toNames(written: readonly TableName[]): (object: string) => boolean {
  const exact = new Set(written.filter((name) => !isPattern(name)).map(toBareName))
  const patterns = written.filter(isPattern).map(toRegExp)
  return (object) => {
    const name = toBareName(object)
    return exact.has(name) || patterns.some((pattern) => pattern.test(name))
  }
}

/** Does a written name stand for every name of its form? */
export function isPattern(written: TableName): boolean {
  return written.includes('*')
}

/** Without quotes and without `public.`, which people write or leave out: `public."Trip"` -> `Trip`. */
function toBareName(written: TableName): string {
  return written.replaceAll('"', '').replace(/^public\./, '')
}

/** A star stays within its namespace; a function is matched by its name, whatever its arguments. */
function toRegExp(pattern: string): RegExp {
  const parts = toBareName(pattern).split('*').map(toLiteral)
  return new RegExp(`^${parts.join('[^.(]*')}(?:\\(.*\\))?$`)
}

function toLiteral(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
}
