import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { toSha256 } from '../../ground/file-digest.ts'
import { HarnessError } from '../../model/error.ts'
import type { JournalDraft, JournalEntry } from '../../model/journal.ts'
import { parseJournal, toJournalEntry } from '../../proof/journal/chain-journal.ts'

const toFile = (projectRoot: string, scenario: string) =>
  join(projectRoot, 'reports', scenario, 'journal.jsonl')

/**
 * Adds an entry to the end of a scenario's journal; two that add at once wait for each other.
 * @throws usage when the chain is broken: whatever came behind would hide that
 */
export async function appendToJournal(
  projectRoot: string,
  scenario: string,
  draft: Omit<JournalDraft, 'at'>,
): Promise<JournalEntry> {
  const file = toFile(projectRoot, scenario)
  mkdirSync(dirname(file), { recursive: true })
  return withLock(`${file}.lock`, () => {
    const { entries, faults } = parseJournal(existsSync(file) ? readFileSync(file, 'utf8') : '')
    const [fault] = faults
    if (fault !== undefined) {
      const message = `Adding to the journal ${file}: its chain is broken (${fault}); nothing was added.`
      const remedy = 'Bring back the journal as it was, or move it away and begin another one.'
      throw new HarnessError('usage', message, remedy, { faults: [message] })
    }
    const entry = toJournalEntry({ at: new Date().toISOString(), ...draft }, entries.at(-1) ?? null)
    appendFileSync(file, `${JSON.stringify(entry)}\n`)
    return entry
  })
}

/** Reads a scenario's journal, and what is wrong with it: its chain, and decisions beside it that it does not tell of. */
export function readJournal(
  projectRoot: string,
  scenario: string,
): { readonly entries: readonly JournalEntry[]; readonly faults: readonly string[] } {
  const file = toFile(projectRoot, scenario)
  const { entries, faults } = parseJournal(existsSync(file) ? readFileSync(file, 'utf8') : '')
  // A line that is cut off the end leaves no gap, but what it told of is still there.
  const beside = existsSync(dirname(file)) ? readdirSync(dirname(file)) : []
  const untold = beside
    .filter((name) => /^(gate|verify)-\d+\.json$/.test(name))
    .filter((name) => {
      const sha256 = toSha256(readFileSync(join(dirname(file), name), 'utf8'))
      return !entries.some((entry) => entry.sha256 === sha256)
    })
    .map((name) => `${name}: no entry tells of it as it is: it was changed, or the entry was removed`)
  return { entries, faults: [...faults, ...untold] }
}

/** A lock of somebody who died is no lock after this time. */
const STALE_MS = 30_000

async function withLock<T>(lock: string, use: () => T): Promise<T> {
  for (;;) {
    try {
      closeSync(openSync(lock, 'wx'))
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const heldMs = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
      if (heldMs > STALE_MS) rmSync(lock, { force: true })
      else await sleep(20)
    }
  }
  try {
    return use()
  } finally {
    rmSync(lock, { force: true })
  }
}
