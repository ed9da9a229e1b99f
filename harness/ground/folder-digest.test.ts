import { mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readFolderDigest } from './folder-digest.ts'

let folder: string
const at = (name: string) => path.join(folder, name)
const past = new Date('2026-01-06T12:00:00Z')

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'digest-'))
  mkdirSync(at('base/1'), { recursive: true })
  for (const name of ['base/1/100', 'base/1/101', 'base.conf']) {
    writeFileSync(at(name), 'content')
    utimesSync(at(name), past, past)
  }
})
afterEach(() => rmSync(folder, { recursive: true }))

it('stays the same while nothing changes', () => {
  expect(readFolderDigest(folder)).toBe(readFolderDigest(folder))
})

it.each<[string, () => void]>([
  [
    'a file is truncated, its time set back',
    () => {
      truncateSync(at('base/1/100'), 3)
      utimesSync(at('base/1/100'), past, past)
    },
  ],
  ['a file is written anew', () => writeFileSync(at('base/1/100'), 'content')],
  ['a file is missing', () => rmSync(at('base/1/101'))],
  ['a file is new', () => writeFileSync(at('base/1/102'), '')],
  ['an empty folder is new', () => mkdirSync(at('base/2'))],
  ['a file has moved', () => renameSync(at('base/1/101'), at('base/101'))],
])('changes when %s', (_, change) => {
  const before = readFolderDigest(folder)
  change()
  expect(readFolderDigest(folder)).not.toBe(before)
})
