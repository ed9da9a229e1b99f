import type { ExperimentName } from '../../model/rehearsal.ts'
import type { Experiment } from './experiment.ts'
import { rollbackExperiment } from './rollback-experiment.ts'

/** All experiments, by name, in the order in which they are made. */
const byName: { readonly [Name in ExperimentName]: Experiment<Name> } = {
  rollback: rollbackExperiment,
}

export const experiments: readonly Experiment[] = Object.values(byName)
