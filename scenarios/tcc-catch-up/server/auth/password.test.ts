import bcrypt from 'bcryptjs'
import { expect, it } from 'vitest'
import { isPasswordOf } from './password.ts'

it('knows the password of a hash from any other', async () => {
  const hash = await bcrypt.hash('Lantern-42', 4)
  expect(await isPasswordOf('Lantern-42', hash)).toBe(true)
  expect(await isPasswordOf('lantern-42', hash)).toBe(false)
})

it.each([undefined, '', '!', 'nobody has this password', '$2b$xx$'.padEnd(60, 'x')])(
  'lets no password belong to %j, which is no hash',
  async (stored) => {
    expect(await isPasswordOf('nobody has this password', stored)).toBe(false)
  },
)
