import { expect, it } from 'vitest'
import { toRecordedMigrations } from './recorded-migrations.ts'

it('lists what a history records as finished and not rolled back, oldest first', () => {
  const columns = ['migration_name', 'started_at', 'finished_at', 'rolled_back_at']
  const rows = [
    ['2_trips', '2026-01-02 00:00:00+00', '2026-01-02 00:00:01+00', '\\N'],
    ['3_units', '2026-01-03 00:00:00+00', '\\N', '2026-01-03 00:00:09+00'],
    ['4_costs', '2026-01-04 00:00:00+00', '\\N', '\\N'],
    ['1_users', '2026-01-01 00:00:00+00', '2026-01-01 00:00:01+00', '\\N'],
  ]
  const text = `${rows.map((row) => row.join('\t')).join('\n')}\n`
  expect(toRecordedMigrations(columns, text)).toEqual(['1_users', '2_trips'])
})
