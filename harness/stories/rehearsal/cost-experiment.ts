import { budgetOf } from '../../judge/expectations-of.ts'
import { costFindings } from '../../judge/rehearsal/cost-findings.ts'
import type { CostRehearsal } from '../../model/cost.ts'
import { measureCost } from '../../rehearse/cost/measure-cost.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import type { Experiment, RehearsedPhase } from './experiment.ts'
import { whyUnrehearsed } from './why-unrehearsed.ts'

/** Runs a phase's statements one by one, in the tool's transactions, and measures what each costs. */
export const costExperiment: Experiment<'cost'> = {
  name: 'cost',
  title: 'the cost of the deploy',
  concerns: ({ evidence }) => evidence.replay.applied.length > 0,
  whyNot: (_context, { phase: { rollback: _rollback, ...phase }, evidence }) =>
    whyUnrehearsed(phase, evidence),
  dependsOn: ({ scenario, tool }, { phase }) => [budgetOf(phase, scenario), tool.rules],
  make: async (context, rehearsed) => {
    const first = await measure(context, rehearsed)
    if (!isBeyond(context, rehearsed, first)) return first
    // A machine that was busy for a moment is no fault of the phase: what is too slow must be so twice.
    const second = await measure(context, rehearsed)
    return isBeyond(context, rehearsed, second) && first.durationMs <= second.durationMs ? first : second
  },
}

function measure(
  { checkpoints, server, roles, tool }: PhaseContext,
  { evidence, staged }: RehearsedPhase,
): Promise<CostRehearsal> {
  const { applied } = evidence.replay
  const migrations = staged.filter(({ name }) => applied.includes(name))
  return checkpoints.withScratch(evidence.before.database, (superuserUrl, name) => {
    const connectionString = server.connectionString(name, roles.by?.migrator)
    const place = { connectionString, superuserUrl, rules: tool.rules }
    return measureCost(place, migrations, evidence.after.rowCounts)
  })
}

function isBeyond({ scenario }: PhaseContext, { phase, evidence }: RehearsedPhase, cost: CostRehearsal) {
  return costFindings(cost, budgetOf(phase, scenario), evidence.before.rowCounts).length > 0
}
