import { describe, expect, it } from 'vitest'
import { maskValues } from './mask-values.ts'

const mask = (code: string, message: string, detail: string | null = null) => {
  const masked = maskValues(code, { message, detail, hint: null })
  return detail === null ? masked.message : masked.detail
}

describe('maskValues', () => {
  it.each([
    ['23505', 'Key (email)=(a@b.c) already exists.', 'Key (email)=(…) already exists.'],
    ['23505', 'Key (lower(email), n)=(a), b) is duplicated.', 'Key (lower(email), n)=(…) is duplicated.'],
    ['23503', 'Key (id)=(7) is not present in table "t".', 'Key (id)=(…) is not present in table "t".'],
    ['23502', 'Failing row contains (1, secret, null).', 'Failing row contains (…).'],
    ['23514', 'Partition key of the failing row contains (a) = (1).', '…contains (…).'],
    ['23P01', 'Key (r)=([1,2)) conflicts with existing key (r)=([1,3)).', 'Key (r)=(…).'],
    ['23000', 'Something about "secret".', null],
    ['22P02', 'Token "secret" is invalid.', null],
    ['P0001', 'secret', null],
    ['42804', 'There is a column c.', 'There is a column c.'],
    ['2BP01', 'view v depends on table t', 'view v depends on table t'],
  ])('detail of %s: %s', (code, detail, expected) => {
    expect(mask(code, '', detail)).toBe(expected?.replace(/^…/, 'Partition key of the failing row ') ?? null)
  })

  it.each([
    [
      '22P02',
      'invalid input syntax for type integer: "se"cr\net"',
      'invalid input syntax for type integer: "…"',
    ],
    ['22P02', 'invalid input value for enum "Role": "secret"', 'invalid input value for enum "Role": "…"'],
    ['22003', 'value "999" is out of range for type integer', 'value "…" is out of range for type integer'],
    ['22008', 'date/time field value out of range: "2024-13-01"', 'date/time field value out of range: "…"'],
    ['22023', 'time zone "secret" not recognized', 'time zone "…" not recognized'],
    ['22001', 'value too long for type character varying(3)', 'value too long for type character varying(3)'],
    ['42703', 'column "c" does not exist', 'column "c" does not exist'],
    ['P0001', 'still "3" rows without a name', 'still "3" rows without a name'],
  ])('message of %s: %s', (code, message, expected) => {
    expect(mask(code, message)).toBe(expected)
  })
})
