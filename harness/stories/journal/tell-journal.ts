import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toSha256 } from '../../ground/file-digest.ts'
import { redact } from '../../ground/redact.ts'
import type { GateCheck, GateDecision, Verified } from '../../model/gate.ts'
import type { JournalDraft, Tick } from '../../model/journal.ts'
import type { Proof } from '../../model/proof.ts'
import { appendToJournal } from './journal-file.ts'

/** Where a journal lies, and who adds to it. */
interface JournalPlace {
  readonly projectRoot: string
  readonly who: string
}

/** Tells the journal what a gate decided, with the digest of the decision. */
export async function tellGate(
  { projectRoot, who }: JournalPlace,
  decision: GateDecision,
  file: string,
): Promise<void> {
  await appendToJournal(projectRoot, decision.scenario, {
    who,
    what: 'gated',
    phase: decision.phase,
    result: decision.isAllowed ? 'allowed' : 'refused',
    checks: toOutcomes(decision.checks),
    ...(decision.isObserving && { isObserving: true as const }),
    target: decision.target.name,
    ...toDigest(projectRoot, file),
  })
}

/** Tells the journal how a target stood after a phase, with the digest of the result. */
export async function tellVerified(
  { projectRoot, who }: JournalPlace,
  verified: Verified,
  file: string,
): Promise<void> {
  await appendToJournal(projectRoot, verified.scenario, {
    who,
    what: 'verified',
    phase: verified.phase,
    result: verified.isVerified ? 'verified' : 'differs',
    checks: toOutcomes(verified.checks),
    target: verified.target.name,
    ...toDigest(projectRoot, file),
  })
}

/** Tells the journal of a proof; of one that decided nothing there is no file. */
export async function tellProof(
  { projectRoot, who }: JournalPlace,
  proof: Proof,
  file: string | null,
): Promise<void> {
  await appendToJournal(projectRoot, proof.scenario, {
    who,
    what: 'proved',
    phase: proof.upTo,
    result: proof.verdict,
    ...(file !== null && toDigest(projectRoot, file)),
  })
}

/** Adds a person's note to the journal, and what they tick. */
export async function tellNote(
  { projectRoot, who }: JournalPlace,
  scenario: string,
  note: { readonly text: string; readonly phase: number | null; readonly ticks: readonly Tick[] },
): Promise<void> {
  await appendToJournal(projectRoot, scenario, {
    who,
    what: 'note',
    phase: note.phase,
    result: redact(note.text),
    ...(note.ticks.length > 0 && { ticks: note.ticks }),
  })
}

function toOutcomes(checks: readonly GateCheck[]): NonNullable<JournalDraft['checks']> {
  return Object.fromEntries(checks.map(({ kind, outcome }) => [kind, outcome]))
}

function toDigest(projectRoot: string, file: string): Pick<JournalDraft, 'file' | 'sha256'> {
  return { file, sha256: toSha256(readFileSync(join(projectRoot, file), 'utf8')) }
}
