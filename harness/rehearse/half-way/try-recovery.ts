import { HarnessError } from '../../model/error.ts'
import type { MigrationFailure } from '../../model/history.ts'
import type { RehearsedDatabase } from '../../model/ports.ts'
import type { Recovery } from '../../model/rehearsal.ts'
import { runScript } from '../run-script.ts'
import type { StopPoint } from './plan-walks.ts'

/** Differences that are told of a recovery that leads elsewhere. */
const TOLD = 3

/**
 * Stops a deploy at one point of a clone of its own, recovers and deploys again.
 * @returns null when this ends in the state after the phase, else why not
 * @throws postgres-lost
 */
export async function tryRecovery(
  database: RehearsedDatabase,
  { migration, after, how }: StopPoint,
  recovery: Recovery,
  rollback: string | null,
): Promise<string | null> {
  try {
    const stopped = await database.deploy({ stopAfter: { migration, after, how } })
    if (!stopped?.isAskedFor) return `the deploy did not come that far: ${toText(stopped)}`
    const failure =
      recovery === 'applied' || recovery === 'rolled-back'
        ? ((await database.resolve(recovery, migration)) ?? (await database.deployAgain()).failure)
        : await undo(database, rollback ?? '', recovery === 'rollback' ? null : migration)
    if (typeof failure === 'string') return failure
    if (failure) return toText(failure)
    const differences = await database.compareWith('after')
    const more = differences.length > TOLD ? [`and ${differences.length - TOLD} more differences`] : []
    return differences.length === 0 ? null : [...differences.slice(0, TOLD), ...more].join('; ')
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'engine-failed') return error.message
    throw error
  }
}

/** @param resolved the migration that is recorded as rolled back, where the script leaves its row; null: it does not */
async function undo(
  database: RehearsedDatabase,
  rollback: string,
  resolved: string | null,
): Promise<MigrationFailure | string | null> {
  const { stop } = await runScript(database.connectionString, rollback)
  if (stop) return `it stops at line ${stop.line ?? 1}: ${stop.message}`
  const refused = resolved === null ? null : await database.resolve('rolled-back', resolved)
  return refused ?? database.deploy()
}

function toText(failure: MigrationFailure | null): string {
  if (failure === null) return 'nothing of it was left to run'
  const { migration, line, message } = failure
  return `${migration}${line === null ? '' : ` line ${line}`}: ${message}`
}
