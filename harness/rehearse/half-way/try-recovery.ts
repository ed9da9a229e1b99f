import { HarnessError } from '../../model/error.ts'
import type { MigrationFailure } from '../../model/history.ts'
import type { RehearsedDatabase } from '../../model/ports.ts'
import type { Recovery } from '../../model/rehearsal.ts'
import { runScript } from '../run-script.ts'
import type { StopPoint } from './plan-walks.ts'
import type { RestOfFile } from './to-rest.ts'

/** Differences that are told of a recovery that leads elsewhere. */
const TOLD = 3

/** What a person can run by hand after a stop; null where there is none. */
interface RecoveryScripts {
  /** The script that undoes the phase. */
  readonly rollback: string | null
  readonly rest: RestOfFile | null
}

/**
 * Stops a deploy at one point of a clone of its own, recovers and deploys again.
 * @returns null when this ends in the state after the phase, else why not
 * @throws postgres-lost
 */
export async function tryRecovery(
  database: RehearsedDatabase,
  { migration, after, how }: StopPoint,
  recovery: Recovery,
  { rollback, rest }: RecoveryScripts,
): Promise<string | null> {
  try {
    const stopped = await database.deploy({ stopAfter: { migration, after, how } })
    if (!stopped?.isAskedFor) return `the deploy did not come that far: ${toText(stopped)}`
    const failure = await goOn(database, migration, recovery, { rollback, rest })
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

async function goOn(
  database: RehearsedDatabase,
  migration: string,
  recovery: Recovery,
  { rollback, rest }: RecoveryScripts,
): Promise<MigrationFailure | string | null> {
  if (recovery === 'rollback' || recovery === 'rollback-rolled-back')
    return undo(database, rollback ?? '', recovery === 'rollback' ? null : migration)
  return (await record(database, migration, recovery, rest)) ?? (await database.deployAgain()).failure
}

/** Has the tool record the migration, after the rest of its file where that is the way on. @returns why that did not work, or null */
export async function record(
  database: RehearsedDatabase,
  migration: string,
  recovery: 'rolled-back' | 'applied' | 'finish',
  rest: RestOfFile | null,
): Promise<MigrationFailure | string | null> {
  if (recovery !== 'finish') return database.resolve(recovery, migration)
  const { stop } = await runScript(database.connectionString, rest?.sql ?? '')
  if (stop) return `the rest stops at line ${(rest?.line ?? 1) + (stop.line ?? 1) - 1}: ${stop.message}`
  return database.resolve('applied', migration)
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
