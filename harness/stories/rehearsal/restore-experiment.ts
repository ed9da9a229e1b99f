import type { Checkpoint } from '../../model/checkpoint.ts'
import type { RestoreOutcome } from '../../model/rehearsal.ts'
import type { BackupMeans } from '../../rehearse/backup-means.ts'
import { rehearseRestore } from '../../rehearse/rehearse-restore.ts'
import { compareRestored } from './compare-restored.ts'
import type { Experiment, RehearsalContext, RehearsedPhase } from './experiment.ts'
import { whyUnrehearsed } from './why-unrehearsed.ts'

/** Brings back, after the phase, a backup of the state before it and one of the state before the plan. */
export const restoreExperiment: Experiment<'restore'> = {
  name: 'restore',
  title: 'a restore from a backup',
  concerns: () => true,
  whyNot: async ({ backups }, { phase, evidence }) => {
    const { rollback: _, ...without } = phase
    const beyond = whyUnrehearsed(without, evidence)
    if (beyond !== null) return beyond
    const means = await backups.findMeans()
    return typeof means === 'string' ? means : null
  },
  dependsOn: ({ backups }, { earlier, evidence }) => [
    backups.digest,
    (earlier[0]?.evidence ?? evidence).before.key,
  ],
  make: async (context, rehearsed) => {
    const { earlier, evidence } = rehearsed
    const means = await context.backups.findMeans()
    if (typeof means === 'string') throw new Error(`a restore was begun although ${means}`)
    const first = earlier[0]?.evidence.before
    return {
      by: means.by,
      ofPhase: await restore(context, rehearsed, means, evidence.before),
      ofPlan: first ? await restore(context, rehearsed, means, first) : null,
    }
  },
}

/** Restores in place of a clone of the state after the phase, which bears the name of the database that was backed up. */
async function restore(
  context: RehearsalContext,
  { evidence }: RehearsedPhase,
  means: BackupMeans,
  state: Checkpoint,
): Promise<RestoreOutcome> {
  const { backups, checkpoints, server } = context
  const backup = await backups.of(state)
  return checkpoints.withScratch(
    evidence.after.database,
    (connectionString, name) =>
      rehearseRestore(means, backup, {
        connectionString,
        drop: () => server.dropDatabase(name),
        compare: () => compareRestored(context, connectionString, state),
      }),
    backup.database,
  )
}
