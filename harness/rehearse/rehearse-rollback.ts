import type { RehearsedDatabase } from '../model/ports.ts'
import type { RollbackRehearsal } from '../model/rehearsal.ts'
import { runScript } from './run-script.ts'

/**
 * Undoes a phase on a clone of the state after it, compares with the state before, applies the phase once more and compares again.
 * @throws postgres-lost, engine-failed
 */
export async function rehearseRollback(database: RehearsedDatabase, sql: string): Promise<RollbackRehearsal> {
  const startedAt = performance.now()
  const outcome = await runScript(database.connectionString, sql)
  const durationMs = Math.round(performance.now() - startedAt)
  if (outcome.stop) return { ...outcome, differences: [], again: null, durationMs }
  const differences = await database.compareWith('before')
  const failure = await database.deploy()
  const again = { failure, differences: failure ? [] : await database.compareWith('after') }
  return { ...outcome, differences, again, durationMs }
}
