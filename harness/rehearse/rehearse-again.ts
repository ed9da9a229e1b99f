import type { RehearsedDatabase } from '../model/ports.ts'
import type { AgainRehearsal } from '../model/rehearsal.ts'
import { deploySecond } from './deploy-second.ts'

/**
 * Deploys once more on a clone of the state after a phase, which should change nothing.
 * @throws postgres-lost
 */
export async function rehearseAgain(database: RehearsedDatabase): Promise<AgainRehearsal> {
  const { applied, failure } = await deploySecond(database)
  return { applied, failure, differences: await database.compareWith('after', 'values') }
}
