import { createHash } from 'node:crypto'
import { toDice } from '../../tcc-catch-up/generator/dice.ts'
import type { RecordedMigration } from '../../tcc-catch-up/generator/history.ts'
import type { Row } from '../../tcc-catch-up/generator/row.ts'

/** Migrations that failed on the day of the deploy, were edited, resolved as rolled back and deployed again, with what Postgres said. */
const FAILED: Readonly<Record<string, string>> = {
  '20251008113055_add_multi_location_healthcare': 'relation "healthcare_users" does not exist',
  '20251102140000_add_healthcare_agency_preferences': 'syntax error at or near "NOT"',
  '20251204101500_add_user_deletion_fields': 'relation "ems_users" does not exist',
  '20251209140000_add_dropdown_categories': 'relation "dropdown_options" does not exist',
}

/** Its white space changed after the deploy. */
const EDITED = '20251031133000_add_patient_age_fields'

/** The history of production: everything finished on 26 December 2025, four migrations at the second attempt. */
export function toFoundHistory(seed: string, migrations: readonly RecordedMigration[]): readonly Row[] {
  const dice = toDice(`${seed}/_prisma_migrations`)
  let clock = Date.parse('2025-12-26T19:02:00Z')
  return migrations.flatMap(({ name, checksum }) => {
    const attempt = (isFailed: boolean): Row => {
      const startedAt = clock + dice.between(20, 400)
      const endedAt = startedAt + (isFailed ? 1_380_000 : dice.between(5, 900))
      clock = endedAt
      return {
        id: dice.uuid(),
        checksum: isFailed || name === EDITED ? toOtherChecksum(name) : checksum,
        finished_at: isFailed ? null : new Date(endedAt),
        migration_name: name,
        logs: isFailed ? `ERROR: ${FAILED[name]}` : null,
        rolled_back_at: isFailed ? new Date(endedAt) : null,
        started_at: new Date(startedAt),
        applied_steps_count: isFailed ? 0 : 1,
      }
    }
    return name in FAILED ? [attempt(true), attempt(false)] : [attempt(false)]
  })
}

/** The checksum of the file as it was before it was edited. */
function toOtherChecksum(name: string): string {
  return createHash('sha256').update(`before the edit of ${name}`).digest('hex')
}
