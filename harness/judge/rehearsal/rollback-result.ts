import type { Finding } from '../../model/finding.ts'
import type { RehearsalResult } from '../../model/rehearsal.ts'
import { describeStatement, tellStrongestLock } from './describe-cost.ts'
import type { JudgedPhase } from './results.ts'

const experiment = 'rollback'
const kinds: readonly Finding['kind'][] = ['rollback-missing', 'rollback-failed', 'rollback-incomplete']

/** Whether the phase can be undone right after it. */
export function rollbackResult({ phase, evidence, findings }: JudgedPhase): RehearsalResult | null {
  const { rollback, notMade } = evidence.rehearsal ?? {}
  if (phase.irreversible !== undefined)
    return { experiment, outcome: 'not-made', says: `The phase cannot be undone: ${phase.irreversible}` }
  if (notMade?.rollback !== undefined)
    return { experiment, outcome: 'not-made', says: `It was not rehearsed: ${notMade.rollback}.` }
  // One that fails only once rows were written is told of the rehearsal that wrote them.
  if (findings.some((finding) => kinds.includes(finding.kind) && !('afterRows' in finding)))
    return { experiment, outcome: 'broke', says: 'The phase cannot be undone as it is written.' }
  if (!rollback) return null
  const left = Object.keys(phase.rollbackLeaves ?? {})
  const but = left.length === 0 ? '' : `, but for ${left.join(', ')}, which it leaves on purpose`
  const isRowed = (relation: string) => (evidence.after.rowCounts[relation] ?? 0) > 0
  const { cost } = rollback
  // Measured on something else, it says nothing of this script.
  const statements = cost?.differences.length === 0 ? cost.statements : []
  const locks = statements.length > 0 ? ` ${tellStrongestLock(statements, isRowed)}` : ''
  return {
    experiment,
    outcome: 'held',
    says: `The script led back to the state before the phase in ${rollback.durationMs} ms${but}; the phase could be applied again.${locks}`,
    details: statements.flatMap((statement) => describeStatement(statement, isRowed)),
  }
}
