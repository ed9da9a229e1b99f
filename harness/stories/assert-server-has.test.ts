import { expect, it } from 'vitest'
import type { MigrationFailure } from '../model/history.ts'
import { assertServerHas } from './assert-server-has.ts'

const failure: MigrationFailure = {
  migration: '20260113090000_no_reports',
  file: 'migrations/20260113090000_no_reports/migration.sql',
  line: 3,
  statement: 'DROP ROLE shop_reports',
  message: 'role "shop_reports" cannot be dropped because some objects depend on it',
  sqlstate: '2BP01',
  detail: null,
  hint: null,
}

it('cannot decide about a role that only checkpoints need', () => {
  const detail =
    '1 object in database phaseproof_cp_6c80b3_a06f\n12 objects in database phaseproof_cp_6c80b3_77aa'
  expect(() => assertServerHas({ ...failure, detail }, [], 17)).toThrow(
    expect.objectContaining({
      code: 'role-refused',
      message: expect.stringContaining('migration.sql:3: DROP ROLE "shop_reports"'),
    }),
  )
})

it.each([
  ['needs', 'owner of table reports\n1 object in database phaseproof_cp_6c80b3_a06f'],
  ['and another database of its server need', '1 object in database reporting'],
  ['need without a word', null],
])('leaves it to the file where the migrated database %s the role', (_claim, detail) => {
  expect(() => assertServerHas({ ...failure, detail }, [], 17)).not.toThrow()
})
