import { expect, it } from 'vitest'
import type { JournalEntry } from '../../model/journal.ts'
import { parseJournal, toJournalEntry } from './chain-journal.ts'

const entries: JournalEntry[] = []
for (const phase of [1, 2, 3, 4, 5]) {
  const draft = { at: '2026-01-01T00:00:00Z', who: 'ops', what: 'gated' as const, phase, result: 'allowed' }
  entries.push(toJournalEntry(draft, entries.at(-1) ?? null))
}
const lines = entries.map((entry) => JSON.stringify(entry))
const toText = (list: readonly (string | undefined)[]) => list.map((line) => `${line}\n`).join('')

it('finds nothing in a chain as it was written, and in a journal that nobody wrote', () => {
  expect(parseJournal(toText(lines))).toEqual({ entries, faults: [] })
  expect(parseJournal('')).toEqual({ entries: [], faults: [] })
})

it.for<[string, string, readonly string[]]>([
  [
    'a changed line',
    toText(lines.with(1, lines[1]?.replace('allowed', 'refused') ?? '')),
    ['line 2: entry 2 was changed'],
  ],
  ['a removed line', toText(lines.toSpliced(1, 1)), ['line 2: entry 2 was removed before it']],
  ['two removed lines', toText(lines.toSpliced(1, 2)), ['line 2: entries 2 to 3 were removed before it']],
  [
    'an inserted line',
    toText(lines.toSpliced(2, 0, lines[0] ?? '')),
    ['line 3: entry 1 was inserted, or moved here'],
  ],
  ['a line that is no entry', toText(lines.with(4, '{"number": 5}')), ['line 5: it is no entry']],
  ['a line that was cut short', toText(lines).slice(0, -1), ['line 5: it was cut short']],
])('names %s', ([, text, faults]) => {
  expect(parseJournal(text).faults.slice(0, 1)).toEqual(faults)
})

it('names an entry that was made anew in the place of another', () => {
  const other = toJournalEntry({ at: '', who: 'x', what: 'note', phase: 2, result: 'x' }, entries[0] ?? null)
  const text = toText(lines.with(1, JSON.stringify(other)))
  expect(parseJournal(text).faults).toEqual([
    'line 3: entry 3 was inserted, or the one before it was replaced',
  ])
})
