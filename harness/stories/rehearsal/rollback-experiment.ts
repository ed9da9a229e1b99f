import { toSha256 } from '../../ground/file-digest.ts'
import type { CostRehearsal } from '../../model/cost.ts'
import { measureCost } from '../../rehearse/cost/measure-cost.ts'
import { rehearseRollback } from '../../rehearse/rehearse-rollback.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import type { Experiment, RehearsedPhase } from './experiment.ts'
import { whyUnrehearsed } from './why-unrehearsed.ts'
import { withClone } from './with-clone.ts'

/** Undoes a phase with its rollback.sql right after it, and applies it once more. */
export const rollbackExperiment: Experiment<'rollback'> = {
  name: 'rollback',
  title: 'the rollback',
  concerns: ({ phase }) => phase.rollback !== undefined,
  whyNot: (_context, { phase, evidence }) => whyUnrehearsed(phase, evidence),
  dependsOn: (_context, { phase }) => phase.rollback?.sha256,
  make: async (context, rehearsed) => {
    const made = await withClone(context, rehearsed, 'after', (database) =>
      rehearseRollback(database, rehearsed.phase.rollback?.sql ?? ''),
    )
    return made.stop ? made : { ...made, cost: await measureScript(context, rehearsed) }
  },
}

function measureScript(
  { checkpoints, server, roles, tool }: PhaseContext,
  { phase: { rollback, name }, evidence }: RehearsedPhase,
): Promise<CostRehearsal> {
  const { file = '', sql = '' } = rollback ?? {}
  const checksum = toSha256(sql)
  const script = { name, file, sql, checksum, checksumOtherLineEndings: checksum }
  const rules = { ...tool.rules, transactionRule: 'per-statement' }
  return checkpoints.withScratch(evidence.after.database, (superuserUrl, database) => {
    const connectionString = server.connectionString(database, roles.by?.migrator)
    return measureCost({ connectionString, superuserUrl, rules }, [script], evidence.before.rowCounts)
  })
}
