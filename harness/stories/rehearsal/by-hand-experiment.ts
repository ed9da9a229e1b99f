import type { Migration } from '../../model/history.ts'
import { runByHand } from '../../rehearse/run-by-hand.ts'
import { explainMissing } from '../explain-missing.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import type { Experiment, RehearsedPhase } from './experiment.ts'
import { whyUnrehearsed } from './why-unrehearsed.ts'
import { withClone } from './with-clone.ts'

/**
 * Runs the files by hand that a phase is to apply and production records already: no deploy runs them, so a person may be tempted to.
 */
export const byHandExperiment: Experiment<'byHand'> = {
  name: 'byHand',
  title: 'its recorded files by hand',
  concerns: (rehearsed) => listRecorded(rehearsed).length > 0,
  whyNot: (_context, { phase, evidence }) => whyUnrehearsed(phase, evidence),
  dependsOn: (context, rehearsed) =>
    [listLater(context, rehearsed), listRecorded(rehearsed)].map(toIdentities),
  make: (context, rehearsed) =>
    withClone(context, rehearsed, 'before', ({ connectionString }) => {
      const { phase, evidence } = rehearsed
      const { scenario, tool, migrations } = context
      return runByHand(connectionString, listRecorded(rehearsed), {
        namespace: tool.rules.namespace ?? 'public',
        schema: evidence.before.schema,
        findCreator: (failure) => explainMissing(failure, phase.id, scenario, migrations),
      })
    }),
}

function listRecorded({ phase, evidence: { before, migrations } }: RehearsedPhase): readonly Migration[] {
  const finished = before.history.filter((row) => row.finishedAt !== null && row.rolledBackAt === null)
  return migrations.filter(
    ({ name }) => phase.migrations.includes(name) && finished.some((row) => row.name === name),
  )
}

/** Those that may create what is missed. */
function listLater({ scenario, migrations }: PhaseContext, { phase }: RehearsedPhase): readonly Migration[] {
  const later = scenario.phases.filter(({ id }) => id > phase.id).flatMap((entry) => entry.migrations)
  return migrations.filter(({ name }) => later.includes(name))
}

function toIdentities(migrations: readonly Migration[]): readonly string[][] {
  return migrations.map(({ name, checksum }) => [name, checksum])
}
