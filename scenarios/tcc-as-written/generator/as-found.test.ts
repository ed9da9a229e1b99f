import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withTemporaryFolder } from '../../../harness/testing/example-source.ts'
import { readRecordedMigrations } from '../../tcc-catch-up/generator/history.ts'
import { listDifferences } from '../../tcc-catch-up/generator/list-differences.ts'
import { writeEnvironment } from '../../tcc-catch-up/generator/write-environment.ts'
import { AS_FOUND } from './as-found.ts'

const ROOT = join(import.meta.dirname, '../../..')
const FOLDER = join(ROOT, 'migrations/tcc-as-written')
const ANEW = 'to write it anew: node --import tsx scenarios/tcc-as-written/generator/main.ts'
const migrations = await readRecordedMigrations(FOLDER)

it(`is committed as the generator makes it (${ANEW})`, async () => {
  await withTemporaryFolder(async (parent) => {
    const { folder } = await writeEnvironment(AS_FOUND, parent, migrations)
    expect(await listDifferences(join(ROOT, 'snapshots', AS_FOUND.name), folder), ANEW).toEqual([])
  })
})

it('holds no address that could be somebody’s', async () => {
  const data = join(ROOT, 'snapshots', AS_FOUND.name, 'data')
  for (const file of await readdir(data)) {
    const text = await readFile(join(data, file), 'utf8')
    const domains = [...text.matchAll(/@([\w.-]+)/g)].map(([, domain]) => domain ?? '')
    expect(
      domains.filter((domain) => !/^(tcc\.)?example\.invalid$/.test(domain)),
      file,
    ).toEqual([])
  }
})

it('records every migration as finished, four of them at the second attempt', () => {
  const rows = AS_FOUND.toTables(migrations)._prisma_migrations ?? []
  expect(rows.filter((row) => row.finished_at !== null)).toHaveLength(30)
  expect(rows.filter((row) => row.rolled_back_at !== null)).toHaveLength(4)
})

it('has files of the kinds that a folder shared by three applications gathers', async () => {
  const read = (name: string) => readFile(join(FOLDER, name, 'migration.sql'), 'utf8')
  const [insurance, crew, company, pricing, users, lists, units] = await Promise.all(
    [
      '20250910173907_add_insurance_field_to_trips',
      '20250917165001_add_crew_cost_management',
      '20250917170718_add_insurance_company_column',
      '20250917170740_add_pricing_models',
      '20251204101500_add_user_deletion_fields',
      '20251209140000_add_dropdown_categories',
      '20250909152957_enhance_unit_model',
    ].map(read),
  )
  expect(insurance).toBe(crew)
  expect([company, company]).toEqual([pricing, '-- This is an empty migration.\n'])
  expect(users).toContain('ADD CONSTRAINT IF NOT EXISTS')
  expect(lists?.indexOf('UPDATE "dropdown_options"')).toBeLessThan(lists?.indexOf('INSERT INTO') ?? 0)
  expect(units).toMatch(/ADD COLUMN {5}"region" TEXT NOT NULL;/)
})
