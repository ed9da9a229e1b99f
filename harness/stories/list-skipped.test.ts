import { expect, it } from 'vitest'
import type { SchemaModel } from '../model/schema-model.ts'
import { listSkipped } from './list-skipped.ts'

const before = {
  tables: [
    {
      namespace: 'public',
      name: 'trips',
      columns: [{ name: 'note' }],
      indexes: [{ name: 'trips_note_idx' }],
    },
    { namespace: 'audit', name: 'events', columns: [], indexes: [] },
  ],
} as unknown as SchemaModel

it.each<[string, readonly unknown[]]>([
  ['CREATE TABLE IF NOT EXISTS trips ();', [['public.trips', null]]],
  ['CREATE TABLE IF NOT EXISTS audit.events ();', [['audit.events', null]]],
  ['CREATE TABLE IF NOT EXISTS events ();', []],
  ['CREATE TABLE trips (); -- IF NOT EXISTS', []],
  [
    'ALTER TABLE trips ADD COLUMN IF NOT EXISTS note text, ADD COLUMN IF NOT EXISTS miles int;',
    [['public.trips', 'note']],
  ],
  ['ALTER TABLE trips ADD COLUMN note text; SELECT 1 -- IF NOT EXISTS', []],
  ['CREATE INDEX IF NOT EXISTS trips_note_idx ON trips (note);', [['public.trips', 'trips_note_idx']]],
  ['CREATE INDEX IF NOT EXISTS other_idx ON trips (note);', []],
  ['not sql IF NOT EXISTS', []],
])('%s', async (statement, expected) => {
  const sql = `SELECT 1;\n${statement}`
  const migration = { name: '1', file: '1.sql', sql, checksum: '', checksumOtherLineEndings: '' }
  const found = await listSkipped([migration], before)
  expect(found.map(({ table, part }) => [table, part])).toEqual(expected)
  for (const { place } of found) expect(place).toBe('1.sql:2')
})
