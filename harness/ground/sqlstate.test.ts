import { expect, it } from 'vitest'
import { isConnectionTrouble, isSchemaMissing, isServerTrouble } from './sqlstate.ts'

it.each([
  ['08006', { server: true, connection: true, schema: false }],
  ['57P01', { server: true, connection: true, schema: false }],
  ['53100', { server: true, connection: false, schema: false }],
  ['XX001', { server: true, connection: false, schema: false }],
  ['XX000', { server: false, connection: false, schema: false }],
  ['57014', { server: false, connection: false, schema: false }],
  ['42P01', { server: false, connection: false, schema: true }],
  ['23505', { server: false, connection: false, schema: false }],
])('tells what %s is about', (code, about) => {
  const found = {
    server: isServerTrouble(code),
    connection: isConnectionTrouble(code),
    schema: isSchemaMissing(code),
  }
  expect(found).toEqual(about)
})

it('takes an error without a SQLSTATE for none of them', () => {
  expect(isServerTrouble(undefined)).toBe(false)
  expect(isSchemaMissing(undefined)).toBe(false)
})
