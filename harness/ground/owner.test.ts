import { expect, it } from 'vitest'
import { parseOwner, toOwner } from './owner.ts'

it.each([
  { host: 'machine/pid:[4026531836]', pid: 12, started: 'boot/99' },
  { host: 'a,b:c', pid: 1, started: 'Thu Jan  1 10:00:00 2026' },
])('gives a process back and holds no colon: $host', (identity) => {
  const owner = toOwner(identity)
  expect(owner).not.toContain(':')
  expect(parseOwner(owner)).toEqual(identity)
})

it.each(['', 'a', 'a,b,c', 'a,1', 'a,1,%', ',1,x', 'a,1,b,c'])('is not seen in %j', (text) => {
  expect(parseOwner(text)).toBeUndefined()
})
