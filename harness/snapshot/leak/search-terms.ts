import type { RuleKind } from '../../model/policy.ts'
import type { LeafRule } from './policy-leaves.ts'

/** A text to look for, made of a value of the source. */
export interface SearchTerm {
  readonly text: string
  /** A word of a person's name: looked for only where words begin and end, and not in schema files. */
  readonly isPart: boolean
}

/** Kinds of rules whose values may stand in the snapshot as they are. */
const KEPT: ReadonlySet<RuleKind> = new Set(['keep', 'enum', 'age'])

/** Must no value under this rule be seen in the snapshot? */
export function isSensitive(kind: RuleKind): boolean {
  return !KEPT.has(kind)
}

const WORDY: ReadonlySet<RuleKind> = new Set(['free-text', 'null', 'constant'])
const WORDS = /[\p{L}\p{M}]+/gu

/**
 * What to look for so that a value is found in other places and spellings; nothing when too many other texts could look like it
 * by chance. Letters: four or more. Digits alone or mixed: seven or more, for a point in time with its fraction of a second.
 * Texts that may be phrases: two words and twelve letters, or digits. Of a long text its beginning.
 */
export function toSearchTerms(rule: LeafRule | null, value: string): readonly SearchTerm[] {
  // Without a rule the value is nobody's business to keep: it counts as text.
  const kind = rule?.kind ?? 'free-text'
  const terms = [...toTexts(kind, value)].filter(({ text }) => isTelling(kind, text))
  // Words of an organisation's name are words like others: Emergency, County, Transport.
  const isPerson = rule?.kind === 'name' && rule.part !== 'organisation'
  return isPerson ? [...terms, ...toNameParts(value)] : terms
}

function* toTexts(kind: RuleKind, value: string): Generator<SearchTerm> {
  if (kind === 'date-shift' || kind === 'year') {
    // Without the zone: the same moment is written with and without it. Whole days and seconds are shared by too many.
    for (const [moment] of value.matchAll(/\d{4,6}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d+/g)) {
      yield { text: moment, isPart: false }
    }
    return
  }
  yield { text: value, isPart: false }
  const digits = value.replace(/\D/g, '')
  if (kind === 'phone' && digits.length >= 10) {
    // With and without the country's 1.
    const national = digits.slice(-10)
    yield { text: national, isPart: false }
    yield { text: `1${national}`, isPart: false }
  } else if (/^[\d\s().+/-]+$/.test(value) && digits.length > 6) yield { text: digits, isPart: false }
  const local = kind === 'email' ? value.split('@')[0] : undefined
  // `jane.doe` or `doe77` are somebody; `reception` is not.
  if (local && /[\d._-]/.test(local)) yield { text: local, isPart: false }
}

function isTelling(kind: RuleKind, text: string): boolean {
  const signs = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  if (/\d/.test(text)) return signs >= 7
  if (!WORDY.has(kind)) return signs >= 4
  return signs >= 12 && (text.match(WORDS)?.length ?? 0) >= 2
}

function* toNameParts(value: string): Generator<SearchTerm> {
  const words = value.match(WORDS) ?? []
  if (words.length > 1) for (const text of words) if (text.length >= 5) yield { text, isPart: true }
}
