import { toLackError, toServerLack } from '../ground/server-lack.ts'
import type { Migration, MigrationFailure } from '../model/history.ts'

/**
 * Tells a migration that failed because this server lacks an extension, a locale or a library from one that is at fault.
 * @param major of the server
 * @throws server-lacks
 */
export function assertServerHas(
  { sqlstate, message, file, line }: MigrationFailure,
  migrations: readonly Migration[],
  major: number,
): void {
  const lack = toServerLack({ sqlstate, message })
  if (lack === null) return
  // A collation of such a name may be one that another migration makes: then the order is at fault.
  if (lack.what === 'collation' && migrations.some(({ sql }) => makesCollation(sql, lack.name))) return
  throw toLackError(lack, `Replaying ${file}${line === null ? '' : `:${line}`}`, major)
}

function makesCollation(sql: string, name: string): boolean {
  return /create\s+collation/i.test(sql) && sql.includes(name)
}
