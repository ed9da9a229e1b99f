import { runOrder } from '../../rehearse/rehearse-order.ts'
import type { Experiment } from '../rehearsal/experiment.ts'
import { openBench } from './open-bench.ts'
import { whyNotInOrder } from './why-not-in-order.ts'

/** Runs all phases in each other order that the plan allows for. */
export const alternativesExperiment: Experiment<'alternatives'> = {
  name: 'alternatives',
  title: 'each alternative order of the plan',
  leftOutByQuick: true,
  concerns: ({ phase }, { alternatives = [], phases }) =>
    alternatives.length > 0 && phase.id === phases.at(-1)?.id,
  whyNot: whyNotInOrder,
  dependsOn: ({ scenario }) => scenario.alternatives?.map(({ order }) => order),
  async make(context, rehearsed) {
    const bench = openBench(context, rehearsed)
    const orders = []
    for (const { order } of context.scenario.alternatives ?? []) {
      const isPlan = order.every((id, at) => id === at + 1)
      orders.push(isPlan ? { order, stop: null, differences: [] } : await runOrder(bench, order))
    }
    return { orders }
  },
}
