import { toSize, toTime } from '../../ground/amounts.ts'
import type { CostRehearsal } from '../../model/cost.ts'
import type { Finding } from '../../model/finding.ts'
import type { RehearsalResult } from '../../model/rehearsal.ts'
import { describeStatement, type IsRowed, tellStrongestLock } from './describe-cost.ts'
import { estimateDuration } from './estimate-duration.ts'
import { predictionDifferences } from './prediction-differences.ts'
import type { JudgedPhase } from './results.ts'

const experiment = 'cost'
const kinds: readonly Finding['kind'][] = ['lock-held-too-long', 'rewrite-too-large', 'deploy-too-long']

/** What the deploy of a phase costs, beside what was planned. */
export function costResult({ phase, evidence, findings }: JudgedPhase): RehearsalResult | null {
  const { cost, notMade } = evidence.rehearsal ?? {}
  if (notMade?.cost !== undefined)
    return { experiment, outcome: 'not-made', says: `It was not measured: ${notMade.cost}.` }
  if (!cost) return null
  if (cost.differences.length > 0) {
    const says = `It was measured on something else than the deploy: ${cost.differences.join('; ')}.`
    return { experiment, outcome: 'not-made', says }
  }
  const isRowed = (relation: string) => (evidence.before.rowCounts[relation] ?? 0) > 0
  return {
    experiment,
    outcome: findings.some(({ kind }) => kinds.includes(kind)) ? 'broke' : 'held',
    says: [summarize(cost, phase.estimateMinutes, isRowed), ...describeSizes(cost)].join(' '),
    details: [
      ...cost.statements.flatMap((statement) => describeStatement(statement, isRowed)),
      ...predictionDifferences(cost.statements),
    ],
    statements: cost.statements.map((statement) => ({ ...statement, predicted: null })),
  }
}

/** `180 ms in 6 transactions, 30 min planned; …`. */
function summarize(
  { statements, durationMs, slots }: CostRehearsal,
  estimateMinutes: number,
  isRowed: IsRowed,
): string {
  const transactions = new Set(statements.map(({ transaction }) => transaction)).size
  const rewrites = statements.flatMap((statement) => statement.rewrites)
  const scans = statements.flatMap((statement) => statement.scans)
  const written = statements.reduce((sum, { walBytes, tempBytes }) => sum + walBytes + tempBytes, 0)
  return [
    `The deploy's own statements took ${toTime(durationMs)} in ${count(transactions, 'transaction')}; ${estimateMinutes} min are planned for the phase.`,
    tellStrongestLock(statements, isRowed),
    `${count(rewrites.length, 'rewrite')}, ${count(scans.length, 'full scan')}, ${toSize(written)} written ahead or to temporary files, at most ${count(slots.most, 'lock')} in one transaction${slots.most > USUAL_SLOTS ? `, more than the usual ${USUAL_SLOTS} of max_locks_per_transaction` : ''}.`,
  ].join(' ')
}

/** What it takes at the size that was asked for, with the method. */
function describeSizes({ sizes = [] }: CostRehearsal): string[] {
  const asked = sizes.at(-1)
  const estimate = asked ? estimateDuration(sizes, asked.rows) : null
  if (!asked || !estimate) return []
  const measured = sizes.map(
    ({ rows, durationMs }) => `${rows.toLocaleString('en-US')}: ${toTime(durationMs)}`,
  )
  return [
    `At ${asked.rows.toLocaleString('en-US')} rows it takes between ${toTime(estimate.fromMs)} and ${toTime(estimate.toMs)}, by a straight line through three sizes (${measured.join(', ')}), from which they are off by up to ${Math.round(estimate.spread * 100)} %.`,
  ]
}

/** Default of max_locks_per_transaction, which most servers have. */
const USUAL_SLOTS = 64

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
