import { toSha256 } from '../../ground/file-digest.ts'
import { toCanonicalJson } from '../../ground/to-canonical-json.ts'
import type { JournalDraft, JournalEntry } from '../../model/journal.ts'

const BEFORE_ALL = '0'.repeat(64)

/** Chains a draft to the last entry of a journal; null for the first. */
export function toJournalEntry(draft: JournalDraft, last: JournalEntry | null): JournalEntry {
  const entry = { ...draft, number: (last?.number ?? 0) + 1, previous: last?.hash ?? BEFORE_ALL }
  return { ...entry, hash: toHash(entry) }
}

function toHash({ hash: _hash, ...entry }: Omit<JournalEntry, 'hash'> & { readonly hash?: string }): string {
  return toSha256(toCanonicalJson(entry))
}

/** A journal as it was read: its entries, and each place at which its chain does not hold. */
interface ReadJournal {
  readonly entries: readonly JournalEntry[]
  readonly faults: readonly string[]
}

/** Reads the lines of a journal and names those that were changed, removed or inserted. Lines cut off its end leave no trace in it. */
export function parseJournal(text: string): ReadJournal {
  const entries: JournalEntry[] = []
  const faults: string[] = []
  const lines = text.split('\n')
  if (lines.pop() !== '') faults.push(`line ${lines.length + 1}: it was cut short`)
  let last: JournalEntry | null = null
  for (const [position, line] of lines.entries()) {
    const entry = parseLine(line)
    const fault = entry === null ? 'it is no entry' : faultOf(entry, last)
    if (fault !== null) faults.push(`line ${position + 1}: ${fault}`)
    if (entry === null) continue
    entries.push(entry)
    last = entry
  }
  return { entries, faults }
}

function parseLine(line: string): JournalEntry | null {
  try {
    const entry = JSON.parse(line) as JournalEntry
    return typeof entry.hash === 'string' && typeof entry.number === 'number' ? entry : null
  } catch {
    return null
  }
}

function faultOf(entry: JournalEntry, last: JournalEntry | null): string | null {
  const { number, previous, hash } = entry
  if (toHash(entry) !== hash) return `entry ${number} was changed`
  const due = (last?.number ?? 0) + 1
  if (number > due)
    return `${number - due === 1 ? `entry ${due} was` : `entries ${due} to ${number - 1} were`} removed before it`
  if (number < due) return `entry ${number} was inserted, or moved here`
  return previous === (last?.hash ?? BEFORE_ALL)
    ? null
    : `entry ${number} was inserted, or the one before it was replaced`
}
