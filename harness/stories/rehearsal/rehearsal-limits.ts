import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { Phase, Scenario } from '../../model/scenario.ts'
import { whyUnrehearsed } from './why-unrehearsed.ts'

/** What the rehearsals of the phases do not show, in sentences. */
export function rehearsalLimitsOf({ phases }: Scenario, proven: readonly PhaseEvidence[]): string[] {
  const isStated = phases.some(({ rollback, irreversible }) => rollback || irreversible !== undefined)
  if (!isStated) return ['No phase has a rollback.sql: nothing was shown about undoing a phase.']
  const told = proven.flatMap((evidence) => {
    const phase = phases.find(({ id }) => id === evidence.phase)
    return phase ? describe(phase, evidence) : []
  })
  const isRehearsed = proven.some(({ rehearsal }) => rehearsal?.rollback)
  return isRehearsed ? [...told, UNSHOWN] : told
}

function describe(phase: Phase, evidence: PhaseEvidence): string[] {
  const { id, irreversible, rollback, rollbackLeaves = {} } = phase
  if (irreversible !== undefined) return [`Phase ${id} cannot be undone: ${irreversible}`]
  const reason = rollback ? whyUnrehearsed(phase, evidence) : null
  if (reason !== null) return [`The rollback of phase ${id} was not rehearsed: ${reason}.`]
  return Object.entries(rollbackLeaves).map(
    ([what, why]) => `The rollback of phase ${id} leaves ${what}: ${why}`,
  )
}

const UNSHOWN =
  'Rollbacks ran right after their phase: what becomes of rows that people write after it was not shown, nor a rollback beneath a running server.'
