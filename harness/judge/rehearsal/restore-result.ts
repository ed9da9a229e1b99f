import type { RehearsalResult, RestoreOutcome } from '../../model/rehearsal.ts'
import type { JudgedPhase } from './results.ts'

const experiment = 'restore'

/** Whether a backup that was taken before the phase brings the database back: "verify backup is restorable". */
export function restoreResult({ evidence, findings }: JudgedPhase): RehearsalResult | null {
  const { restore, notMade } = evidence.rehearsal ?? {}
  if (notMade?.restore !== undefined)
    return { experiment, outcome: 'not-made', says: `No backup was restored: ${notMade.restore}.` }
  if (!restore) return null
  const { by, ofPhase, ofPlan } = restore
  const details = [
    `Before the phase: ${describe(ofPhase)}.`,
    ofPlan
      ? `Before the plan: ${describe(ofPlan)}.`
      : 'Before the plan: that is the same state, as this is the first phase.',
  ]
  if (findings.some(({ kind }) => kind === 'restore-fails' || kind === 'restore-incomplete'))
    return {
      experiment,
      outcome: 'broke',
      says: `A backup by ${by} does not bring the database back.`,
      details,
    }
  const what = ofPlan ? 'and one of the state before the plan bring' : 'brings'
  return {
    experiment,
    outcome: 'held',
    says: `A backup by ${by} of the state before the phase ${what} back catalog, rows, history and sequences; no row is lost.`,
    details,
  }
}

const SESSIONS = {
  stay: 'sessions stay',
  ended: 'open sessions are ended',
  'in-the-way': 'it fails while a session is open, so all have to be ended first',
}

function describe({ backupMs, sizeBytes, restoreMs, sessions }: RestoreOutcome): string {
  const size = `${(sizeBytes / 1024).toFixed(0)} KiB`
  return `backed up in ${toSeconds(backupMs)} (${size}), restored in ${toSeconds(restoreMs)}; ${SESSIONS[sessions]}`
}

function toSeconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`
}
