import { describe, expect, it } from 'vitest'
import { missingObjectOf } from './missing-object.ts'

describe('missingObjectOf', () => {
  it.each([
    ['42P01', 'relation "Trip" does not exist', { kind: 'relation', name: 'Trip' }],
    ['42P01', 'relation "public.Trip" does not exist', { kind: 'relation', name: 'Trip' }],
    ['42P01', 'table "t" does not exist', { kind: 'relation', name: 't' }],
    ['42P01', 'missing FROM-clause entry for table "t"', null],
    ['42703', 'column "c" of relation "t" does not exist', { kind: 'column', name: 'c', table: 't' }],
    ['42703', 'column "c" does not exist', { kind: 'column', name: 'c' }],
    ['42703', 'column t.c does not exist', { kind: 'column', name: 'c', table: 't' }],
    [
      '42703',
      'column "c" referenced in foreign key constraint does not exist',
      { kind: 'column', name: 'c' },
    ],
    ['42704', 'type "E" does not exist', { kind: 'type', name: 'E' }],
    ['42704', 'constraint "k" of relation "t" does not exist', { kind: 'constraint', name: 'k', table: 't' }],
    ['3F000', 'schema "s" does not exist', { kind: 'schema', name: 's' }],
    ['42601', 'relation "t" does not exist', null],
  ])('%s %s', (sqlstate, message, expected) => {
    expect(missingObjectOf({ sqlstate, message })).toEqual(expected)
  })
})
