import { expect, it } from 'vitest'
import { toMigration } from '../testing/database-for-test.ts'
import { whyVoid } from './void-declarations.ts'

const migration = toMigration('1_a', 'DELETE FROM orders;')
const evidence = {
  migrations: [migration],
  replay: { applied: ['1_a'], failure: null, session: [], durationMs: 1 },
  judgedOn: '2026-03-01',
}
const bound = {
  migration: '1_a',
  sha256: migration.checksum,
  reason: 'they were orders of a trial',
  expires: '2026-12-31',
}

it.for([
  ['its day is to come', {}, undefined],
  ['nobody wrote a reason', { reason: '' }, 'none'],
  ['the reason is still the one that was proposed', { reason: '<why>' }, '<why>'],
  ['its day is the one that was proposed', { expires: '<YYYY-MM-DD>' }, '<YYYY-MM-DD>'],
  ['its day is past', { expires: '2026-02-28' }, 'the day is past'],
  ['it names a migration of another phase', { migration: '2_b' }, 'no migration 2_b in the phase'],
  ['the file was edited', { sha256: 'a' }, `SHA-256 ${migration.checksum}`],
] as const)('%s', ([, changed, found]) => {
  expect(whyVoid({ ...bound, ...changed }, evidence)?.found).toBe(found)
})
