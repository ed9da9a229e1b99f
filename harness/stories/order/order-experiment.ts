import type { Tie } from '../../model/order.ts'
import type { Phase } from '../../model/scenario.ts'
import { rehearseOrder } from '../../rehearse/rehearse-order.ts'
import type { Experiment } from '../rehearsal/experiment.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import { listTies } from './list-ties.ts'
import { openBench } from './open-bench.ts'
import { ancestorsOf, toEarlyOrder, toOrderWithout } from './orders.ts'
import { whyNotInOrder } from './why-not-in-order.ts'

/** Runs a phase as early as its dependencies allow, and without each of them that has no stated reason. */
export const orderExperiment: Experiment<'order'> = {
  name: 'order',
  title: 'another order of the phases',
  leftOutByQuick: true,
  concerns: ({ earlier }) => earlier.length > 0,
  whyNot: whyNotInOrder,
  dependsOn: ({ scenario }, { phase }) => [
    scenario.phases
      .filter(({ id }) => id <= phase.id)
      .map(({ id, dependsOn, dependsBecause = {} }) => [id, dependsOn, Object.keys(dependsBecause)]),
    phase.expect,
  ],
  async make(context, rehearsed) {
    const { id, dependsOn, dependsBecause = {} } = rehearsed.phase
    const { phases } = context.scenario
    const needed = ancestorsOf(phases, id)
    const made = await rehearseOrder(openBench(context, rehearsed), {
      id,
      needed,
      others: toEarlyOrder(phases, id).slice(needed.length + 1),
      dependencies: dependsOn
        .filter((on) => dependsBecause[on] === undefined)
        .map((on) => ({ on, order: toOrderWithout(phases, id, on) })),
    })
    const { early } = made
    const tieTo = (on: number) => findTie(context, on, rehearsed.phase)
    return {
      early: early && { ...early, tie: early.culprit === null ? null : await tieTo(early.culprit) },
      dependencies: await Promise.all(
        made.dependencies.map(async (trial) => ({ ...trial, tie: await tieTo(trial.on) })),
      ),
    }
  },
}

/** The first object that both phases name, if there is one. */
async function findTie(
  { scenario, migrations }: PhaseContext,
  on: number,
  phase: Phase,
): Promise<Tie | null> {
  const applied = (names: readonly string[] = []) => migrations.filter(({ name }) => names.includes(name))
  const earlier = applied(scenario.phases.find(({ id }) => id === on)?.migrations)
  const [tie = null] = await listTies(earlier, applied(phase.migrations))
  return tie
}
