/**
 * Plain data as JSON by the rules of RFC 8785: keys sorted by UTF-16 units, no spaces. What is `undefined` is left out.
 * @throws TypeError for a number that is not finite, or a text with half of a surrogate pair
 */
export function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => toCanonicalJson(one ?? null)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined)
    // The default order of `sort` is that of UTF-16 units.
    const keys = new Map(entries)
    const sorted = [...keys.keys()].sort()
    return `{${sorted.map((key) => `${toText(key)}:${toCanonicalJson(keys.get(key))}`).join(',')}}`
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`JSON has no ${value}`)
  return typeof value === 'string' ? toText(value) : JSON.stringify(value)
}

function toText(text: string): string {
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text))
    throw new TypeError('A text holds half of a surrogate pair, which UTF-8 cannot write')
  return JSON.stringify(text)
}
