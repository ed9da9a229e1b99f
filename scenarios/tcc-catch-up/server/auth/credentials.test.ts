import { expect, it } from 'vitest'
import { parseCredentials } from './credentials.ts'

const good = { email: 'ada@example.invalid', password: 'Lantern-42' }

it('takes email and password and nothing else', () => {
  expect(parseCredentials({ ...good, isAdmin: true })).toEqual(good)
})

it.each([
  undefined,
  null,
  'ada@example.invalid',
  [],
  {},
  { email: good.email },
  { ...good, email: '' },
  { ...good, email: 42 },
  { ...good, email: ['ada@example.invalid'] },
  { ...good, email: { contains: '@' } },
  { ...good, email: 'a\0da@example.invalid' },
  { ...good, email: 'a'.repeat(321) },
  { ...good, password: null },
  { ...good, password: 'p'.repeat(1025) },
])('refuses %j', (body) => {
  expect(() => parseCredentials(body)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
})
