import type { Block } from './list-blocks.ts'

/** How a document names its phases. */
export interface PhaseNames {
  /** The number and title that a heading or label begins with; null where it begins no phase. */
  toNamed(text: string): { readonly number: string; readonly title: string } | null
  /** Numbers of phases that a text mentions anywhere: "Phases 1-3 and 5". */
  listMentioned(text: string): readonly string[]
}

/** What a phase may be called, the usual word first: a plan may have steps within its phases. */
const words = ['phase', 'group', 'wave', 'batch', 'release', 'stage', 'step', 'part']

/** Finds the word by which a document names its phases, or that it only numbers them; null where nothing is counted. */
export function findPhaseNames(blocks: readonly Block[]): PhaseNames | null {
  const heads = blocks.filter(
    ({ kind, label, rest }) => kind === 'heading' || (label !== null && rest === ''),
  )
  const rows = blocks.flatMap(({ kind, cells }) => (kind === 'row' ? cells : []))
  for (const word of words) {
    const names = toNames(word)
    const isNamed = heads.some(({ label, text }) => names.toNamed(label ?? text) !== null)
    const isColumn = rows.some(({ column }) => new RegExp(`^${word}s?\\b`, 'i').test(column))
    if (isNamed || isColumn) return names
  }
  const numbered = heads.filter(({ kind, text }) => kind === 'heading' && /^\d+[.)]\s+\S/.test(text))
  return numbered.length > 1 ? toNames(null) : null
}

function toNames(word: string | null): PhaseNames {
  const begin = word === null ? '' : `${word}\\s+#?`
  const head = new RegExp(`^[^\\p{L}\\p{N}]*${begin}(\\d+[a-z]?)\\b[\\s:.)–—-]*(.*)$`, 'iu')
  const mention = new RegExp(`\\b${word ?? 'phase'}s?\\s+#?(\\d[\\d\\sa-z,&+–-]*)`, 'gi')
  return {
    toNamed(text) {
      const [, number, title = ''] = head.exec(text) ?? []
      return number === undefined ? null : { number: number.toLowerCase(), title }
    },
    listMentioned: (text) => [...text.matchAll(mention)].flatMap(([, list = '']) => toNumbers(list)),
  }
}

/** "1-3, 5 and 7" is 1, 2, 3, 5, 7; a word that follows ends the list. */
function toNumbers(list: string): string[] {
  const numbers: string[] = []
  const entry = /^\s*(?:,|&|\+|and\b|or\b)?\s*(\d+[a-z]?)(?:\s*[-–]\s*(\d+))?\b/i
  let rest = list
  for (let found = entry.exec(rest); found; found = entry.exec(rest)) {
    const [all, from = '', to] = found
    const first = Number.parseInt(from, 10)
    const last = to === undefined ? first : Math.min(Number(to), first + 99)
    numbers.push(from.toLowerCase())
    for (let number = first + 1; number <= last; number++) numbers.push(String(number))
    rest = rest.slice(all.length)
  }
  return numbers
}
