import { rehearseHalfWay } from '../../rehearse/half-way/rehearse-half-way.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import type { Experiment, RehearsedPhase } from './experiment.ts'
import { whyNotDeployed } from './why-unrehearsed.ts'
import { withClone } from './with-clone.ts'

/** Stops a deploy of a phase within each of its migrations and recovers. */
export const halfWayExperiment: Experiment<'halfWay'> = {
  name: 'halfWay',
  title: 'a deploy that stops half-way',
  leftOutByQuick: true,
  concerns: () => true,
  whyNot: whyNotStopped,
  dependsOn: (_context, { phase }) => phase.rollback?.sha256 ?? null,
  make: async (context, rehearsed) =>
    rehearseHalfWay({
      migrations: await listStoppable(context, rehearsed),
      rollback: rehearsed.phase.rollback?.sql ?? null,
      open: (use) => withClone(context, rehearsed, 'before', use),
    }),
}

function whyNotStopped(context: PhaseContext, { phase, evidence }: RehearsedPhase): string | null {
  if (context.isMultiplied) return 'rows were multiplied, and every migration would run several times'
  // A deploy that goes on after a stop has a new session.
  const isShared = evidence.replay.session.some(
    ({ ranUnder, changesMeaning }) => changesMeaning && ranUnder.length > 0,
  )
  if (isShared) return 'a migration of the phase runs under what an earlier one left in the session'
  return whyNotDeployed(phase, evidence)
}

async function listStoppable({ tool }: PhaseContext, { evidence, staged }: RehearsedPhase) {
  const applied = evidence.replay.applied.flatMap((name) => staged.find((one) => one.name === name) ?? [])
  return Promise.all(
    applied.map(async (migration) => ({ ...migration, groups: await tool.listStops(migration) })),
  )
}
