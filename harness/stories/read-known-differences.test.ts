import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readKnownDifferences } from './read-known-differences.ts'

const entry = {
  reference: 'target-schema',
  difference: 'orders: index orders_hotfix',
  reason: 'It was made by hand and goes with the next release.',
  owner: 'Ann',
  expires: '2026-12-31',
}

function read(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'known-differences-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'known-differences.json'), text)
  return readKnownDifferences('shop', folder)
}

it('reads what is accepted', () => {
  expect(read(JSON.stringify([entry]))).toEqual([entry])
})

it.for([
  ['an entry without an owner', JSON.stringify([{ ...entry, owner: '' }]), 'entry 1: it lacks owner'],
  ['a day that is none', JSON.stringify([{ ...entry, expires: 'soon' }]), 'expires is no day'],
  ['a file that is no list', '{', 'it lacks reference'],
] as const)('refuses %s', ([, text, fault]) => {
  expect(() => read(text)).toThrow(fault)
})
