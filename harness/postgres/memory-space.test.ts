import { expect, it } from 'vitest'
import { fitsInMemory, readFreeMemory } from './memory-space.ts'

const MiB = 1024 ** 2

it.each([
  ['a small template in 20 GiB', 20 * 1024 * MiB, 9 * MiB, true],
  ['a small template in the 64 MiB that Docker gives a container', 64 * MiB, 9 * MiB, false],
  ['a template that could fill what is free', 1024 * MiB, 300 * MiB, false],
  ['anything where there is no memory file system', 0, 0, false],
])('says whether a copy fits: %s', (_, free, template, fits) => {
  expect(fitsInMemory(free, template)).toBe(fits)
})

it('finds no free memory where a folder is missing or lies on a disk', () => {
  expect(readFreeMemory('/missing')).toBe(0)
  expect(readFreeMemory(import.meta.dirname)).toBe(0)
})
