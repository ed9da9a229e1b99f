import type { RuleKind } from '../../model/policy.ts'
import type { LeafRule } from './policy-leaves.ts'

/** A text to search for, made of a value of the source. */
export interface SearchTerm {
  readonly text: string
  /**
   * True for one word of a person's name. It is searched for only between word boundaries, and not in schema files.
   */
  readonly isPart: boolean
}

/** Kinds of rules whose values may stand in the snapshot as they are. */
const KEPT: ReadonlySet<RuleKind> = new Set(['keep', 'enum', 'age'])

/** Tells whether a value under this rule must not be seen in the snapshot. */
export function isSensitive(kind: RuleKind): boolean {
  return !KEPT.has(kind)
}

const WORDY: ReadonlySet<RuleKind> = new Set(['free-text', 'null', 'constant'])
const WORDS = /[\p{L}\p{M}]+/gu

/**
 * The texts by which a value is found in other places and spellings. None for a value that too many other texts could
 * equal by chance.
 */
export function toSearchTerms(rule: LeafRule | null, value: string): readonly SearchTerm[] {
  // Letters count from four on; digits, alone or mixed, from seven on; a point in time needs its fraction of a
  // second. A text that may be a phrase needs two words and twelve letters, or digits. Of a long text its beginning
  // is searched for.
  // Without a rule the value is nobody's business to keep: it counts as text.
  const kind = rule?.kind ?? 'free-text'
  const terms = toTexts(kind, value).filter(({ text }) => isTelling(kind, text))
  // Words of an organisation's name are words like others: Emergency, County, Transport.
  const isPerson = rule?.kind === 'name' && rule.part !== 'organisation'
  return isPerson ? [...terms, ...toNameParts(value)] : terms
}

function toTexts(kind: RuleKind, value: string): SearchTerm[] {
  if (kind === 'date-shift' || kind === 'year') {
    if (!value.includes('.')) return []
    // Without the zone: the same moment is written with and without it. Whole days and seconds are shared by too many.
    const moments = value.matchAll(/\d{4,6}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d+/g)
    return Array.from(moments, ([text]) => ({ text, isPart: false }))
  }
  const terms = [{ text: value, isPart: false }]
  if (kind === 'phone' || /^[\d\s().+/-]+$/.test(value)) {
    const digits = value.replace(/\D/g, '')
    if (kind === 'phone' && digits.length >= 10) {
      // With and without the country's 1.
      const national = digits.slice(-10)
      terms.push({ text: national, isPart: false }, { text: `1${national}`, isPart: false })
    } else if (digits.length > 6 && /^[\d\s().+/-]+$/.test(value)) terms.push({ text: digits, isPart: false })
  }
  const local = kind === 'email' ? value.split('@')[0] : undefined
  // `jane.doe` or `doe77` are somebody; `reception` is not.
  if (local && /[\d._-]/.test(local)) terms.push({ text: local, isPart: false })
  return terms
}

function isTelling(kind: RuleKind, text: string): boolean {
  const signs = countSigns(text)
  if (/\d/.test(text)) return signs >= 7
  if (!WORDY.has(kind)) return signs >= 4
  return signs >= 12 && (text.match(WORDS)?.length ?? 0) >= 2
}

/** Counts letters and digits. */
function countSigns(text: string): number {
  let signs = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 0x7f) return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
    const small = code | 0x20
    if ((code >= 0x30 && code <= 0x39) || (small >= 0x61 && small <= 0x7a)) signs += 1
  }
  return signs
}

function* toNameParts(value: string): Generator<SearchTerm> {
  const words = value.match(WORDS) ?? []
  if (words.length > 1) for (const text of words) if (text.length >= 5) yield { text, isPart: true }
}
