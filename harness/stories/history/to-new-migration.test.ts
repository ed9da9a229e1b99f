import { expect, it } from 'vitest'
import type { Migration } from '../../model/history.ts'
import { toNewMigration } from './to-new-migration.ts'

const named = (name: string) => ({ name, file: `migrations/${name}/migration.sql` }) as Migration
const asOf = '2026-01-06T06:00:00Z'

it('names a migration by its moment, in the folder of the others', () => {
  expect(toNewMigration([named('20251209140000_lists')], asOf, 'SELECT 1;\n')).toMatchObject({
    name: '20260106060000_catch_up',
    file: 'migrations/20260106060000_catch_up/migration.sql',
  })
})

it('stands behind a migration that is from later', () => {
  const { name } = toNewMigration([named('20260212090000_later')], asOf, '')
  expect(name > '20260212090000_later').toBe(true)
})
