import { rehearseRollback } from '../../rehearse/rehearse-rollback.ts'
import type { Experiment } from './experiment.ts'
import { whyUnrehearsed } from './why-unrehearsed.ts'
import { withClone } from './with-clone.ts'

/** Undoes a phase with its rollback.sql right after it, and applies it once more. */
export const rollbackExperiment: Experiment<'rollback'> = {
  name: 'rollback',
  title: 'the rollback',
  concerns: ({ phase }) => phase.rollback !== undefined,
  whyNot: (_context, { phase, evidence }) => whyUnrehearsed(phase, evidence),
  dependsOn: (_context, { phase }) => phase.rollback?.sha256,
  make: (context, rehearsed) =>
    withClone(context, rehearsed, 'after', (database) =>
      rehearseRollback(database, rehearsed.phase.rollback?.sql ?? ''),
    ),
}
