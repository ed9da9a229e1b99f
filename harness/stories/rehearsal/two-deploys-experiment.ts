import { rehearseTwoDeploys } from '../../rehearse/rehearse-two-deploys.ts'
import type { Experiment, RehearsedPhase } from './experiment.ts'
import { whyNotDeployed } from './why-unrehearsed.ts'
import { withClone } from './with-clone.ts'

/** Begins a second deploy of a phase while the first one is under way. */
export const twoDeploysExperiment: Experiment<'twoDeploys'> = {
  name: 'twoDeploys',
  title: 'a second deploy beside the first',
  concerns: () => true,
  whyNot: (_context, { phase, evidence }) => whyNotDeployed(phase, evidence),
  dependsOn: () => null,
  make: (context, rehearsed) =>
    withClone(context, rehearsed, 'before', (database) =>
      rehearseTwoDeploys(database, chooseMeeting(rehearsed)),
    ),
}

/** Before the last migration, when all others can have given up the lock of the tool; or before the last that builds an index concurrently. */
function chooseMeeting({ evidence, staged }: RehearsedPhase) {
  const { applied } = evidence.replay
  const waiting = staged.filter(({ name, sql }) => applied.includes(name) && /\bCONCURRENTLY\b/i.test(sql))
  const last = waiting.at(-1)?.name
  return { before: last ?? applied.at(-1) ?? null, waitsForOthers: last !== undefined }
}
