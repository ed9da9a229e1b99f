import type { ExperimentName } from '../../model/rehearsal.ts'
import { alternativesExperiment } from '../order/alternatives-experiment.ts'
import { convergenceExperiment } from '../order/convergence-experiment.ts'
import { orderExperiment } from '../order/order-experiment.ts'
import { againExperiment } from './again-experiment.ts'
import { byHandExperiment } from './by-hand-experiment.ts'
import { costExperiment } from './cost-experiment.ts'
import type { Experiment } from './experiment.ts'
import { fullRollbackExperiment } from './full-rollback-experiment.ts'
import { halfWayExperiment } from './half-way-experiment.ts'
import { restoreExperiment } from './restore-experiment.ts'
import { rollbackExperiment } from './rollback-experiment.ts'
import { twoDeploysExperiment } from './two-deploys-experiment.ts'

/** All experiments, by name, in the order in which they are made. */
const byName: { readonly [Name in ExperimentName]: Experiment<Name> } = {
  rollback: rollbackExperiment,
  again: againExperiment,
  twoDeploys: twoDeploysExperiment,
  halfWay: halfWayExperiment,
  cost: costExperiment,
  order: orderExperiment,
  alternatives: alternativesExperiment,
  convergence: convergenceExperiment,
  fullRollback: fullRollbackExperiment,
  restore: restoreExperiment,
  byHand: byHandExperiment,
}

export const experiments: readonly Experiment[] = Object.values(byName)
