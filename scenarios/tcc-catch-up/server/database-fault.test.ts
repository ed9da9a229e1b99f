import { expect, it } from 'vitest'
import { toDatabaseFault } from './database-fault.ts'

const unavailable = { kind: 'unavailable' }

it.each([
  [
    { kind: 'TableDoesNotExist', table: 'public.units' },
    { kind: 'schema-incomplete', object: 'table', missing: 'public.units' },
  ],
  [{ kind: 'TableDoesNotExist' }, { kind: 'schema-incomplete', object: 'table', missing: 'unknown' }],
  [
    { kind: 'ColumnNotFound', column: 'units.status' },
    { kind: 'schema-incomplete', object: 'column', missing: 'units.status' },
  ],
  [{ kind: 'DatabaseNotReachable', host: '127.0.0.1' }, unavailable],
  [{ kind: 'DatabaseDoesNotExist' }, unavailable],
  [{ kind: 'postgres', originalCode: '57P01' }, unavailable],
  [{ kind: 'postgres', originalCode: '42501' }, null],
  [{ kind: 'UniqueConstraintViolation', originalCode: '23505' }, null],
])('reads the driver cause %j as %j', (cause, fault) => {
  const error = Object.assign(new Error('said by Prisma'), { meta: { driverAdapterError: { cause } } })
  expect(toDatabaseFault(error)).toEqual(fault)
})

it.each([
  ['Query read timeout', unavailable],
  ['timeout exceeded when trying to connect', unavailable],
  ['Connection terminated due to connection timeout', unavailable],
  ['Connection terminated unexpectedly', unavailable],
  ['x is not a function', null],
])('reads the bare error "%s" as %j', (message, fault) => {
  expect(toDatabaseFault(new Error(message))).toEqual(fault)
})

it('reads what is no error as no fault', () => {
  expect(toDatabaseFault('TableDoesNotExist')).toBeNull()
})
