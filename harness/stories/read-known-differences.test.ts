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

function read(text: string, today = '2026-06-01') {
  const folder = mkdtempSync(join(tmpdir(), 'known-differences-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'known-differences.json'), text)
  return readKnownDifferences('shop', folder, today)
}

it('reads what is accepted, up to its last day', () => {
  expect(read(JSON.stringify([entry]))).toEqual([entry])
  expect(read(JSON.stringify([entry]), '2026-12-31')).toEqual([entry])
})

it.for([
  [
    'an entry that is over',
    JSON.stringify([{ ...entry, expires: '2026-05-31' }]),
    'until 2026-05-31, which is over',
  ],
  ['an entry without an owner', JSON.stringify([{ ...entry, owner: '' }]), 'entry 1: it lacks owner'],
  ['a day that is none', JSON.stringify([{ ...entry, expires: 'soon' }]), 'expires is no day'],
  ['a file that is no list', '{', 'it lacks reference'],
] as const)('refuses %s', ([, text, fault]) => {
  expect(() => read(text)).toThrow(fault)
})
