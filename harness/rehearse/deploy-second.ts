import { HarnessError } from '../model/error.ts'
import type { Deployed, DeployOptions, RehearsedDatabase } from '../model/ports.ts'

/**
 * Deploys once more. What stops the tool is no error of the run: the first deploy came through with the same tool, so it says how a second one
 * gets on.
 * @throws postgres-lost
 */
export async function deploySecond(database: RehearsedDatabase, options?: DeployOptions): Promise<Deployed> {
  try {
    return await database.deployAgain(options)
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'engine-failed') throw error
    const nowhere = { migration: '', file: '', line: null, statement: null, detail: null, hint: null }
    return { applied: [], failure: { ...nowhere, sqlstate: '', message: error.message.replace(/\.+$/, '') } }
  }
}
