import { expect, it } from 'vitest'
import { estimateDuration } from './estimate-duration.ts'

const sizes = (...entries: readonly (readonly [rows: number, durationMs: number])[]) =>
  entries.map(([rows, durationMs]) => ({ rows, durationMs }))

it('is narrow where measurements lie on a line', () => {
  const found = estimateDuration(sizes([1000, 110], [10_000, 200], [100_000, 1100]), 200_000)
  expect(found?.fromMs).toBeCloseTo(2100)
  expect(found?.toMs).toBeCloseTo(2100)
})

it('is as wide as the line is off', () => {
  const found = estimateDuration(sizes([1000, 100], [10_000, 300], [100_000, 1200]), 100_000)
  expect(found?.fromMs).toBeLessThan(1200)
  expect(found?.toMs).toBeGreaterThan(1200)
  expect(found?.spread).toBeGreaterThan(0.1)
})

it('is level where more rows took no longer', () => {
  const found = estimateDuration(sizes([1000, 120], [10_000, 100], [100_000, 110]), 1_000_000)
  expect(found?.toMs).toBeLessThan(150)
})

it('says nothing of fewer than three sizes', () => {
  expect(estimateDuration(sizes([1, 1], [2, 2]), 3)).toBeNull()
})
