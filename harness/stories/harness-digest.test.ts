import { join } from 'node:path'
import { expect, it } from 'vitest'
import { harnessDigest, readHarnessCode } from './harness-digest.ts'

const harness = join(import.meta.dirname, '..')

it('is one digest for a replay and another for a capture', () => {
  expect(harnessDigest('replay')).toMatch(/^[0-9a-f]{64}$/)
  expect(harnessDigest('capture')).not.toBe(harnessDigest('replay'))
})

it('covers loading, replay and inspection of a proof, and nothing of a capture', () => {
  const files = readHarnessCode('replay').files.map((file) => file.slice(harness.length + 1))
  const rooms = new Set(files.map((file) => file.split('/')[0]))
  expect(rooms).toContain('inspect')
  expect(rooms).toContain('snapshot')
  expect(rooms).toContain('tool')
  expect(rooms).not.toContain('capture')
  expect(files).toContain('inspect/queries/columns.sql')
})
