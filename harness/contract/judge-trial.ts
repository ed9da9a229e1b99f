import { redact } from '../ground/redact.ts'
import { toMessage } from '../ground/to-message.ts'
import type { ContractFault, ContractTrial } from '../model/contract.ts'
import { renderFault } from './render-fault.ts'
import { isTellingFailure } from './telling-failure.ts'
import { firstStateOf } from './trials-of.ts'

/** What one attempt at a contract came to. */
export interface Attempt {
  /** What the test threw; null when it ended well. */
  readonly error: unknown
  /** Answers that are not as the OpenAPI document says, whether or not the test minded. */
  readonly faults: readonly ContractFault[]
  /** Highest status that was answered; 0 without any answer. */
  readonly worstStatus: number
}

/** The result of a trial, as far as it shows something about the phases. */
export type TrialVerdict =
  | { readonly outcome: 'kept' }
  /** The contract does not hold even after its own phase, which already has its finding. */
  | { readonly outcome: 'blocked' }
  | { readonly outcome: 'failed'; readonly message: string; readonly faults: readonly ContractFault[] }
  | {
      readonly outcome: 'broken'
      /** The first phase after which it fails. */
      readonly by: number
      /** The last phase after which it passes, tried again just now. */
      readonly control: number
      readonly message: string
    }
  | { readonly outcome: 'not-caused' }
  /** The earlier server does not do this after any phase so far, so no phase can break it. */
  | { readonly outcome: 'not-served' }
  /** The contract failed, but not because of the phase. */
  | { readonly outcome: 'undecided'; readonly reason: string }

/** What the earlier trials of a contract showed. The caller keeps one for each contract and server. */
export interface TrialMemory {
  /** The last checkpoint up to which an earlier server did not do it at all. */
  notServedUpTo?: number
  hasFailed?: boolean
  isBroken?: boolean
  lastPassed?: number
}

/**
 * Runs a contract on its checkpoint and says what that shows. Before a phase is blamed, the contract runs again on
 * the checkpoint that decides.
 * @param attempt runs the test once, on a clone of the checkpoint after this phase
 */
export async function judgeTrial(
  trial: ContractTrial,
  memory: TrialMemory,
  attempt: (checkpoint: number) => Promise<Attempt>,
): Promise<TrialVerdict> {
  // Where the contract stands alone, that is the same checkpoint; where a later phase is suspected, the last one on
  // which the contract passed.
  if (trial.role === 'rollout') return judgeRollout(trial, memory, attempt)
  if (trial.role === 'before') return judgeBefore(trial, await attempt(trial.checkpoint))
  if (trial.role === 'after') return judgeAfter(trial, memory, attempt)
  const verdict = await judgeOwn(trial, attempt)
  if (verdict.outcome === 'kept') memory.lastPassed = trial.checkpoint
  else memory.hasFailed = true
  return verdict
}

/** Remembers the outcome of an earlier run as if the trial had just had it. */
export function rememberTrial(
  { role, checkpoint }: ContractTrial,
  memory: TrialMemory,
  isNotServed: boolean,
): void {
  if (isNotServed) memory.notServedUpTo = checkpoint
  else if (role !== 'before') memory.lastPassed = checkpoint
}

function judgeBefore({ kind, checkpoint }: ContractTrial, attempt: Attempt): TrialVerdict {
  if (kind === 'kept') {
    if (isKept(attempt)) return { outcome: 'kept' }
    const where = checkpoint === 0 ? 'on the snapshot as it is' : `after phase ${checkpoint}`
    return { outcome: 'failed', message: `does not work ${where} already: ${toText(attempt)}`, faults: [] }
  }
  if (isKept(attempt)) return { outcome: 'not-caused' }
  if (isTellingFailure(attempt)) return { outcome: 'kept' }
  const reason = `it failed before its phase for a reason that says nothing about the phase: ${toText(attempt)}`
  return { outcome: 'undecided', reason }
}

async function judgeOwn(
  { checkpoint }: ContractTrial,
  attempt: (checkpoint: number) => Promise<Attempt>,
): Promise<TrialVerdict> {
  const first = await attempt(checkpoint)
  if (isKept(first)) return { outcome: 'kept' }
  if (isKept(await attempt(checkpoint))) return flaky(first, checkpoint)
  const message = first.error === null ? '' : redact(toMessage(first.error))
  return { outcome: 'failed', message, faults: first.faults }
}

async function judgeAfter(
  trial: ContractTrial,
  memory: TrialMemory,
  attempt: (checkpoint: number) => Promise<Attempt>,
): Promise<TrialVerdict> {
  const { phase, checkpoint } = trial
  // The phase that broke it is named already; it would only be named again after each later one.
  if (memory.hasFailed || memory.isBroken) return { outcome: 'blocked' }
  let failure = await attempt(checkpoint)
  if (isKept(failure)) {
    memory.lastPassed = checkpoint
    return { outcome: 'kept' }
  }
  if (memory.lastPassed === undefined) {
    // Nobody tried it right after its own phase; before a later one is blamed, it must have worked there.
    const own = await judgeOwn({ ...trial, checkpoint: phase }, attempt)
    if (own.outcome !== 'kept') {
      memory.hasFailed = true
      return own
    }
    memory.lastPassed = phase
  }
  let control = memory.lastPassed
  let by = checkpoint
  for (let between = control + 1; between < checkpoint; between++) {
    const tried = await attempt(between)
    if (isKept(tried)) {
      control = between
      continue
    }
    failure = tried
    by = between
    break
  }
  if (!isKept(await attempt(control))) return flaky(failure, control)
  memory.isBroken = true
  return { outcome: 'broken', by, control, message: toText(failure) }
}

/**
 * Judges a flow on an earlier server: one that worked before the phase must still work after it. The phase to blame
 * is searched for backwards, so there is a checkpoint on which the flow worked.
 */
async function judgeRollout(
  { kind, phase, checkpoint }: ContractTrial,
  memory: TrialMemory,
  attempt: (checkpoint: number) => Promise<Attempt>,
): Promise<TrialVerdict> {
  if (memory.isBroken) return { outcome: 'blocked' }
  let failure = await attempt(checkpoint)
  if (isKept(failure)) {
    memory.lastPassed = checkpoint
    return { outcome: 'kept' }
  }
  const { lastPassed, notServedUpTo = firstStateOf(kind, phase) - 1 } = memory
  for (let control = checkpoint - 1; control >= (lastPassed ?? notServedUpTo + 1); control--) {
    const tried = await attempt(control)
    if (!isKept(tried)) {
      failure = tried
      continue
    }
    const by = control + 1
    if (isKept(await attempt(by))) return flaky(failure, by)
    memory.isBroken = true
    return { outcome: 'broken', by, control, message: toText(failure) }
  }
  if (lastPassed !== undefined) return flaky(failure, lastPassed)
  memory.notServedUpTo = checkpoint
  return { outcome: 'not-served' }
}

function isKept({ error, faults }: Attempt): boolean {
  return error === null && faults.length === 0
}

function flaky(attempt: Attempt, checkpoint: number): TrialVerdict {
  const reason = `it passed and failed on the same state, after phase ${checkpoint}: ${toText(attempt)}`
  return { outcome: 'undecided', reason }
}

function toText({ error, faults }: Attempt): string {
  const [first] = faults
  if (error !== null) return redact(toMessage(error))
  return first ? renderFault(first) : ''
}
