/**
 * Plain data as JSON by the rules of RFC 8785: keys sorted by UTF-16 units, no spaces. What JSON cannot hold is written as JSON.stringify
 * writes it: `undefined` is left out, a number that is not finite is null.
 */
export function toCanonicalJson(value: unknown): string {
  // Half of a surrogate pair, which the RFC refuses, becomes an escape: a finding may quote one, and a proof must not fail over that.
  if (Array.isArray(value)) return `[${value.map((one) => toCanonicalJson(one ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = new Map(Object.entries(value).filter(([, one]) => one !== undefined))
  // The default order of `sort` is that of UTF-16 units.
  const keys = [...entries.keys()].sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${toCanonicalJson(entries.get(key))}`).join(',')}}`
}
