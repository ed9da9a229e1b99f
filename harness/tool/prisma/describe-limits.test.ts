import { expect, it } from 'vitest'
import { describeLimits } from './describe-limits.ts'

const locale = {
  version: '7.10.0',
  order: { by: 'locale', locale: 'en-US' },
  transactionRule: 'per-statement',
} as const

it('says by which order and which transaction rule the replay went', () => {
  expect(
    describeLimits({ version: '6.5.0', order: { by: 'bytes' }, transactionRule: 'one-batch' }, [
      ['1_aa', '1_b'],
    ]),
  ).toEqual([
    'Each migration was sent as one batch, as Prisma 6.5.0 does; 7.4 and later commit statement by statement.',
    'Migrations were taken by the bytes of their names, as Prisma 6.5.0 does; 6.6 and later sort them by locale.',
  ])
  expect(describeLimits(locale, [['20240101_a'], ['20240102_b']])).toEqual([
    'Each statement was sent and committed by itself, as Prisma 7.10.0 does; up to 7.3 a file is one batch.',
    'Migrations were taken in the order of the locale en-US, as Prisma 7.10.0 does; up to 6.5 it takes them by bytes.',
  ])
})

it('names another locale in which one deploy would run in another order', () => {
  const [, , limit] = describeLimits(locale, [['20240101_a'], ['1_aardvark', '1_bear']])
  expect(limit).toBe(
    'A deploy from a machine with the locale da applies 1_bear before 1_aardvark: set LC_ALL=C there.',
  )
})

it('passes over names that no deploy applies together', () => {
  expect(describeLimits(locale, [['1_aardvark'], ['1_bear']])).toHaveLength(2)
})
