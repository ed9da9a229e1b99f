import { expect, it } from 'vitest'
import { toFirstFault } from './backup-means.ts'

it.each([
  [
    'pg_restore: error: could not execute query: ERROR:  relation "orders" already exists\nCommand was: CREATE TABLE orders ();',
    'pg_restore: error: could not execute query: ERROR:  relation "orders" already exists',
  ],
  [
    'NOTICE was here\npg_dump: error: aborting because of server version mismatch',
    'pg_dump: error: aborting because of server version mismatch',
  ],
  ['\nrestore.sh: no FILE\nmore', 'restore.sh: no FILE'],
])('tells the first fault of %j', (said, fault) => {
  expect(toFirstFault(said)).toBe(fault)
})

it('passes over a setting that an older server does not know', () => {
  const said = `pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "transaction_timeout"
Command was: SET transaction_timeout = 0;
pg_restore: warning: errors ignored on restore: 1`
  expect(toFirstFault(said)).toBeNull()
})

it('tells no value of a row and no password', () => {
  const said =
    'pg_restore: error: COPY failed for table "orders": ERROR:  invalid input syntax for type integer: "4111 1111"'
  expect(toFirstFault(said)).not.toContain('4111')
  expect(toFirstFault('psql: postgres://shop:hunter2@db/shop is down')).not.toContain('hunter2')
})
