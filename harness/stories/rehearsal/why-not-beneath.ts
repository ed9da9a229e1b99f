import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { Phase, Scenario } from '../../model/scenario.ts'
import { whyUnrehearsed } from './why-unrehearsed.ts'

/** Rows that are copied for each phase at most. */
const rowsAtMost = 200_000

/** Why a phase was applied beneath no running server, as part of a sentence; null when nothing is in the way. */
export function whyNotBeneath(
  { server }: Scenario,
  { rollback, ...phase }: Phase,
  evidence: PhaseEvidence,
): string | null {
  if (server && 'url' in server) return 'its server chooses its database itself'
  if (whyUnrehearsed(phase, evidence) !== null) return 'it changes what all databases of the server share'
  const rows = Object.values(evidence.after.rowCounts).reduce((sum, count) => sum + count, 0)
  return rows > rowsAtMost ? `its database has ${rows} rows, more than ${rowsAtMost}` : null
}
