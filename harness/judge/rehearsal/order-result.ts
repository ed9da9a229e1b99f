import type { Finding } from '../../model/finding.ts'
import type { OrderRehearsal } from '../../model/order.ts'
import type { RehearsalResult } from '../../model/rehearsal.ts'
import type { JudgedPhase } from './results.ts'

const experiment = 'order'
const kinds: readonly Finding['kind'][] = [
  'dependency-undeclared',
  'dependency-unneeded',
  'phases-do-not-commute',
]

/** Whether the phase needs what it declares and leads to the same in other orders, with what shows each dependency. */
export function orderResult({ phase, evidence, findings }: JudgedPhase): RehearsalResult | null {
  const { order, notMade } = evidence.rehearsal ?? {}
  if (notMade?.order !== undefined)
    return { experiment, outcome: 'not-made', says: `It was not rehearsed: ${notMade.order}.` }
  if (!order) return null
  const { dependsBecause = {} } = phase
  const details = [
    ...order.dependencies.map(
      ({ on, shown, tie }) =>
        `depends on phase ${on}: ${shown}${tie ? ` (both name ${tie.object}, ${tie.earlier} and ${tie.later})` : ''}`,
    ),
    ...Object.entries(dependsBecause).map(
      ([on, because]) => `depends on phase ${on}, as the scenario says: ${because}`,
    ),
  ]
  if (findings.some(({ kind }) => kinds.includes(kind)))
    return {
      experiment,
      outcome: 'broke',
      says: 'The order of the phases matters otherwise than the dependencies say.',
      details,
    }
  return { experiment, ...tellEarly(phase.id, order.early), details }
}

function tellEarly(id: number, early: OrderRehearsal['early']): Pick<RehearsalResult, 'outcome' | 'says'> {
  if (early === null)
    return { outcome: 'held', says: 'It depends on all phases before it, so it has no other place.' }
  const { order, stop, differences } = early
  if (stop !== null || differences.length > 0) {
    return {
      outcome: 'not-made',
      says: 'Phases before it differ with their order already, so nothing was shown about this one.',
    }
  }
  const later = order.slice(order.indexOf(id) + 1)
  const named = later.length === 1 ? `phase ${later[0]}` : `phases ${toList(later)}`
  return { outcome: 'held', says: `Run before ${named} it led to the same catalog and rows.` }
}

function toList(ids: readonly number[]): string {
  return [ids.slice(0, -1).join(', '), ...ids.slice(-1)].filter((part) => part !== '').join(' and ')
}
