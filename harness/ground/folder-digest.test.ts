import { mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readFolderDigest, readFolderStamp } from './folder-digest.ts'

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

it('has one stamp while nothing changes', () => {
  expect(readFolderStamp(folder)).toBe(readFolderStamp(folder))
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
])('has another stamp when %s', (_, change) => {
  const before = readFolderStamp(folder)
  change()
  expect(readFolderStamp(folder)).not.toBe(before)
})

describe('the digest of what is in a folder', () => {
  it('is of names and bytes: a time of change is none of its business, and what is left out neither', async () => {
    const before = await readFolderDigest(folder, [at('base/1/101'), at('base/2')])
    utimesSync(at('base/1/100'), new Date(), new Date())
    writeFileSync(at('base/1/101'), 'left out')
    mkdirSync(at('base/2'))
    writeFileSync(at('base/2/1'), 'in a folder that is left out')
    expect(await readFolderDigest(folder, [at('base/1/101'), at('base/2')])).toBe(before)
  })

  it.each<[string, () => void]>([
    ['other bytes of the same length', () => writeFileSync(at('base.conf'), 'CONTENT')],
    ['another name', () => renameSync(at('base.conf'), at('base.cong'))],
    ['one more file', () => writeFileSync(at('base/12'), '')],
  ])('is another with %s', async (_, change) => {
    const before = await readFolderDigest(folder)
    change()
    expect(await readFolderDigest(folder)).not.toBe(before)
  })

  it('is that of an empty folder where there is none', async () => {
    mkdirSync(at('empty'))
    expect(await readFolderDigest(at('nowhere'))).toBe(await readFolderDigest(at('empty')))
  })
})
