import { describe, expect, it } from 'vitest'
import type { HarnessError } from '../../model/error.ts'
import type { SnapshotManifest, SnapshotTable } from '../../model/snapshot.ts'
import { toScaledRows } from './to-scaled-rows.ts'

function toTable(name: string, rows: number, sourceRows?: number, namespace = 'public'): SnapshotTable {
  const file = `data/${namespace}.${name}.copy`
  const more = sourceRows === undefined ? {} : { sourceRows }
  return { namespace, name, file, columns: ['id'], rows, sizeBytes: 1, sha256: 'f'.repeat(64), ...more }
}

const manifest = {
  name: 'example',
  tables: [
    toTable('_prisma_migrations', 5),
    toTable('sessions', 0, 900),
    toTable('trips', 20, 5000),
    toTable('units', 3),
    toTable('units', 4, 40, 'archive'),
  ],
} as unknown as SnapshotManifest

describe('toScaledRows', () => {
  it.for([
    ['all tables to the rows of production', '', { 'public.trips': 5000, 'archive.units': 40 }],
    ['a chosen table to the rows of production', 'trips', { 'public.trips': 5000 }],
    ['a table to a number of rows', 'trips=77', { 'public.trips': 77 }],
    ['a table by a factor', 'trips=x3', { 'public.trips': 60 }],
    ['all tables by a factor', 'x2', { 'public.trips': 40, 'public.units': 6, 'archive.units': 8 }],
    [
      'the last word on a table',
      'x2, public.units=9',
      { 'public.trips': 40, 'public.units': 9, 'archive.units': 8 },
    ],
    ['nothing that has its rows already', 'trips=20,archive.units', { 'archive.units': 40 }],
  ] as const)('takes %s', ([, wish, rows]) => {
    expect(toScaledRows(wish, manifest, ['_prisma_migrations'])).toEqual(rows)
  })

  it.for([
    ['an unknown table', 'tripz=9', 'there is no table "tripz"'],
    ['a name that two tables have', 'units=9', 'public.units or archive.units'],
    ['a table of which nothing is recorded', 'public.units', 'no rows of production are recorded'],
    ['fewer rows than there are', 'trips=19', 'has 20 rows already'],
    ['no number', 'trips=many', '"many" is neither'],
    ['nothing behind =', 'trips=', '"" is neither'],
    ['nought', 'trips=0', '"0" is neither'],
    ['a factor with a fraction', 'x1.5', '"x1.5" is neither'],
    ['a number without a table', '4', 'there is no table "4"'],
    ['a table without rows', 'sessions', 'no row that could be copied'],
    ['the history', '_prisma_migrations=99', 'is never multiplied'],
    ['nothing to do', 'x1', 'as many rows already'],
  ] as const)('refuses %s and says what is known', ([, wish, reason]) => {
    const refused = (): unknown => toScaledRows(wish, manifest, ['_prisma_migrations'])
    expect(refused).toThrow(reason)
    expect(refused).toThrow(
      expect.objectContaining({
        code: 'usage',
        remedy: expect.stringContaining('public.trips: 20 rows, production 5000'),
      }),
    )
  })

  it('lists all faults at once', () => {
    const error = (() => {
      try {
        return toScaledRows('a,b=c,trips=1', manifest, [])
      } catch (error) {
        return error as HarnessError<'usage'>
      }
    })() as HarnessError<'usage'>
    expect(error.context.faults).toHaveLength(3)
  })
})
