import { toLackError, toServerLack } from '../ground/server-lack.ts'
import { sqlstates } from '../ground/sqlstate.ts'
import { HarnessError } from '../model/error.ts'
import type { Migration, MigrationFailure } from '../model/history.ts'
import { databasePrefix } from '../postgres/guard.ts'

/**
 * Tells a migration that failed because of this server from one that is at fault: it lacks an extension, a locale or a library, or its
 * other databases of ours need the role that is dropped.
 * @param major of the server
 * @throws server-lacks, role-refused
 */
export function assertServerHas(
  { sqlstate, message, detail, file, line }: MigrationFailure,
  migrations: readonly Migration[],
  major: number,
): void {
  const place = `${file}${line === null ? '' : `:${line}`}`
  if (sqlstate === sqlstates.dependents && isHeldByUs(detail)) throw roleHeld(message, place)
  const lack = toServerLack({ sqlstate, message })
  if (lack === null) return
  // A collation of such a name may be one that another migration makes: then the order is at fault.
  if (lack.what === 'collation' && migrations.some(({ sql }) => makesCollation(sql, lack.name))) return
  throw toLackError(lack, `Replaying ${place}`, major)
}

/** Postgres names each database in which something depends on a role, beside what does in the migrated one. */
function isHeldByUs(detail: string | null): boolean {
  const lines = (detail ?? '').split('\n').filter((line) => line !== '')
  return lines.length > 0 && lines.every((line) => OTHER_DATABASE.test(line))
}

const OTHER_DATABASE = new RegExp(`^\\d+ objects? in database ${databasePrefix}`)

function roleHeld(message: string, place: string): HarnessError<'role-refused'> {
  const role = /^role "(.*)" cannot/.exec(message)?.[1] ?? 'of the statement'
  const reason = 'nothing in the migrated database depends on it, but checkpoints of earlier phases do'
  return new HarnessError(
    'role-refused',
    `Replaying ${place}: DROP ROLE "${role}" cannot be tried on this server: ${reason}.`,
    'That says nothing against the file. Give the role no rights and let a person drop it after the last phase, or prove the phases before this one: phaseproof prove <phase>.',
    { role, reason },
  )
}

function makesCollation(sql: string, name: string): boolean {
  return /create\s+collation/i.test(sql) && sql.includes(name)
}
