import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Dice, toDice } from './dice.ts'
import type { Row } from './row.ts'

/** A migration's name and the checksum Prisma records for it: SHA-256 of `migration.sql`, hex. */
export interface RecordedMigration {
  readonly name: string
  readonly checksum: string
}

/** All migrations of a folder, in the order of their names. */
export async function readRecordedMigrations(folder: string): Promise<readonly RecordedMigration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return Promise.all(
    names.map(async (name) => ({
      name,
      checksum: createHash('sha256')
        .update(await readFile(join(folder, name, 'migration.sql')))
        .digest('hex'),
    })),
  )
}

/**
 * The history of an environment that one deploy brought up to date on the evening before the snapshot: every
 * migration ran.
 */
export function toCompleteHistory(seed: string, migrations: readonly RecordedMigration[]): readonly Row[] {
  const dice = toDice(`${seed}/_prisma_migrations`)
  let clock = Date.parse('2026-01-05T21:04:00Z')
  return migrations.map((migration) => {
    const startedAt = clock + dice.between(20, 400)
    const finishedAt = startedAt + dice.between(5, 900)
    clock = finishedAt
    return toRow(dice, migration, { startedAt, finishedAt, steps: 1, logs: null })
  })
}

/**
 * The history of production, of which only the first two of five rows tell the truth. The third was written by hand
 * to look like a run. `prisma migrate resolve`, which runs nothing, marked the last two as applied.
 */
export function toProductionHistory(seed: string, migrations: readonly RecordedMigration[]): readonly Row[] {
  const dice = toDice(`${seed}/_prisma_migrations`)
  const ran = { steps: 1, logs: null }
  const marked = { steps: 0, logs: '' }
  const told = [
    {
      name: '20250908204607_enhanced_trip_schema',
      startedAt: '2025-09-08T20:51:12.481Z',
      tookMs: 187,
      ...ran,
    },
    { name: '20250909152957_enhance_unit_model', startedAt: '2025-09-09T15:34:40.027Z', tookMs: 64, ...ran },
    {
      name: '20250917170718_add_insurance_company_column',
      startedAt: '2025-12-26T19:02:00.000Z',
      tookMs: 1000,
      ...ran,
    },
    {
      name: '20250917170740_add_pricing_models',
      startedAt: '2025-12-26T19:10:33.904Z',
      tookMs: 0,
      ...marked,
    },
    {
      name: '20251204130000_add_ems_agency_availability_status',
      startedAt: '2026-01-04T17:45:21.350Z',
      tookMs: 0,
      ...marked,
    },
  ]
  return told.map(({ name, startedAt, tookMs, steps, logs }) => {
    const migration = migrations.find((one) => one.name === name)
    if (!migration)
      throw new Error(`production records ${name}, and the migrations folder has no such migration`)
    const start = Date.parse(startedAt)
    return toRow(dice, migration, { startedAt: start, finishedAt: start + tookMs, steps, logs })
  })
}

function toRow(
  dice: Dice,
  { name, checksum }: RecordedMigration,
  run: { startedAt: number; finishedAt: number; steps: number; logs: string | null },
): Row {
  return {
    id: dice.uuid(),
    checksum,
    finished_at: new Date(run.finishedAt),
    migration_name: name,
    logs: run.logs,
    rolled_back_at: null,
    started_at: new Date(run.startedAt),
    applied_steps_count: run.steps,
  }
}
