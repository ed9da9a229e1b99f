import type { Policy } from '../../model/policy.ts'
import { type FoldedText, foldText, toFoldedText } from './fold.ts'
import { type LeafRule, type PolicyColumn, type SplitValue, toSplitValue } from './policy-leaves.ts'
import { REPLACEMENT_TEXTS, REPLACEMENT_WORDS, toForm } from './rule-form.ts'
import { isSensitive, type SearchTerm, toSearchTerms } from './search-terms.ts'
import { LONGEST_VALUE, SHORTEST_VALUE, type ValueIndex } from './value-index.ts'

/** Bits that describe a value to whoever finds it. */
export const FLAG = {
  /** A word of a person's name. */
  part: 1,
  /** Made only of words that replacements are made of. */
  replacement: 2,
  /** Mostly digits, so one of many such values can appear by chance. */
  dense: 4,
  /** Short and made of letters, like any other word. */
  word: 8,
  /** A point in time. */
  moment: 16,
} as const

/** Milliseconds of five years: the number of moments that can be told apart among shifted dates. */
const MOMENTS = 1.6e11

/** A column of the source whose values must not appear in the output. */
export class SensitiveColumn {
  readonly label: string
  readonly origin: number
  /** Counts of the values that are not NULL, that are searched for, and that too many texts could equal. */
  readonly counts = { values: 0, searched: 0, tooCommon: 0 }
  private readonly split: SplitValue
  private readonly shapes = new Map<string, number>()
  private readonly allowed: ReadonlySet<string>
  private readonly folded: FoldedText = toFoldedText()

  constructor(column: PolicyColumn, origin: number, policy: Policy) {
    this.label = column.label
    this.origin = origin
    this.split = toSplitValue(column.rule, column.type)
    const kept = column.leaves.flatMap((rule) => (rule.kind === 'email' ? rule.keepValues : []))
    this.allowed = new Set(policy.passwordHash === undefined ? kept : [...kept, policy.passwordHash])
  }

  /**
   * Puts the values of one column of one row into the index. False means that the index is full and the same must be
   * added again.
   */
  add(text: string, index: ValueIndex): boolean {
    let fits = true
    let values = 0
    let tooCommon = 0
    let searched = 0
    this.split(text, (value, rule) => {
      if (value === '' || this.allowed.has(value) || (rule && !isSensitive(rule.kind))) return
      values += 1
      let isSearched = false
      for (const term of toSearchTerms(rule, readable(value))) {
        const added = this.addTerm(term, rule, index)
        if (added === 'full') fits = false
        if (added !== 'unfit') isSearched = true
        if (added === 'new') searched += 1
      }
      if (!isSearched) tooCommon += 1
    })
    if (fits) {
      this.counts.values += values
      this.counts.tooCommon += tooCommon
    }
    this.counts.searched += searched
    return fits
  }

  /** Share of all texts of a value's shape that are values of the column: the chance that one appears by accident. */
  density(): number {
    let most = 0
    for (const [shape, count] of this.shapes) {
      const room = shape === 'moment' ? MOMENTS : 10 ** shape.split('#').length * 0.1
      most = Math.max(most, Math.min(1, count / room))
    }
    return most
  }

  private addTerm(
    { text, isPart }: SearchTerm,
    rule: LeafRule | null,
    index: ValueIndex,
  ): 'new' | 'known' | 'full' | 'unfit' {
    foldText(text, this.folded)
    const length = Math.min(this.folded.length, LONGEST_VALUE)
    if (length < SHORTEST_VALUE) return 'unfit'
    const hasLetters = /\p{L}/u.test(text)
    const anywhere = hasLetters && length >= 10 && !isPart
    const shape = toShape(text, rule)
    const flags =
      (isPart ? FLAG.part : 0) |
      (isReplacement(text, rule) ? FLAG.replacement : 0) |
      (shape === null ? 0 : FLAG.dense) |
      (shape === 'moment' ? FLAG.moment : 0) |
      (hasLetters && !anywhere && !/\d/.test(text) ? FLAG.word : 0)
    const added = index.add(this.folded, {
      origin: this.origin,
      anywhere,
      alone: !hasLetters && length < 9,
      flags,
    })
    if (added === 'new' && shape !== null && (this.shapes.has(shape) || this.shapes.size < 1000)) {
      this.shapes.set(shape, (this.shapes.get(shape) ?? 0) + 1)
    }
    return added
  }
}

/** The shape of a value of letters and then digits, which tells how many such texts there can be. */
function toShape(text: string, rule: LeafRule | null): string | null {
  if (rule?.kind === 'date-shift' || rule?.kind === 'year') return 'moment'
  if (!/\d/.test(text)) return null
  const bare = text.toLowerCase().replace(/[^a-z0-9]/g, '')
  return /^[a-z]{0,6}\d{5,15}$/.test(bare) ? bare.replace(/\d/g, '#') : null
}

/** Tells whether a value itself looks like a replacement, so that it may appear where replacements stand. */
function isReplacement(text: string, rule: LeafRule | null): boolean {
  if (rule?.kind === 'constant' && text === rule.value) return true
  if (rule?.kind === 'coordinate' || rule?.kind === 'ip') return toForm(rule, NO_POLICY)(text)
  const small = text.toLowerCase()
  // Several times as quick where it says the same.
  const words = small.match(IS_ASCII.test(small) ? /[a-z]+/g : /\p{L}+/gu)
  if (!words) return rule?.kind === 'phone' && /55501\d\d$/.test(text.replace(/\D/g, ''))
  return words.every((word) => isReplacementWord(word)) || REPLACEMENT_TEXTS.has(words.join(''))
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII as a whole is meant.
const IS_ASCII = /^[\x00-\x7f]*$/

/** Tells whether a word is part of a replacement. The search also meets `Flats` at the beginning of `Flat Services`. */
function isReplacementWord(word: string): boolean {
  return word.length === 1 || REPLACEMENT_WORDS.has(word) || REPLACEMENT_WORDS.has(word.replace(/s$/, ''))
}

/** A policy for forms that read none. */
const NO_POLICY: Policy = { format: 1, claims: 'none', reasons: {}, tables: {}, quasiIdentifiers: [] }

/** The text that a bytea value holds, as a person would read it elsewhere. */
function readable(value: string): string {
  if (!value.startsWith('\\x') || !/^\\x([0-9a-f]{2}){4,}$/.test(value)) return value
  const text = Buffer.from(value.slice(2), 'hex').toString('utf8')
  return /^[\p{L}\p{N}\p{P}\p{Zs}]+$/u.test(text) ? text : value
}
