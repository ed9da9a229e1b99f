import { compare, getRounds } from 'bcryptjs'
import { expect, it } from 'vitest'
import { TEST_PASSWORD, TEST_PASSWORD_HASH } from './known-logins.ts'

it('the kept hash is the one of the test password, at the least cost there is', async () => {
  expect(await compare(TEST_PASSWORD, TEST_PASSWORD_HASH)).toBe(true)
  expect(getRounds(TEST_PASSWORD_HASH)).toBe(4)
})
