import { toSha256 } from '../../ground/file-digest.ts'
import type { Migration } from '../../model/history.ts'

/** A migration that stands behind all others of a folder, named by a moment as theirs are. Pure. */
export function toNewMigration(migrations: readonly Migration[], asOf: string, sql: string): Migration {
  const moment = asOf.replaceAll(/\D/g, '').slice(0, 14)
  const last = migrations.at(-1)
  const number = last && last.name >= moment ? `${last.name}_` : moment
  const name = `${number}_catch_up`
  const file = last ? last.file.replace(last.name, name) : name
  const checksum = toSha256(sql)
  return { name, file, sql, checksum, checksumOtherLineEndings: toSha256(sql.replaceAll('\n', '\r\n')) }
}
