import { rehearseAgain } from '../../rehearse/rehearse-again.ts'
import type { Experiment } from './experiment.ts'
import { withClone } from './with-clone.ts'

/** Deploys a phase a second time. */
export const againExperiment: Experiment<'again'> = {
  name: 'again',
  title: 'a second deploy',
  concerns: () => true,
  // Nothing runs again, unless that is the finding.
  whyNot: () => null,
  dependsOn: () => null,
  make: (context, rehearsed) => withClone(context, rehearsed, 'after', rehearseAgain),
}
