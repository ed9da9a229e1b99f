import { existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { tryLink } from './embedded-binaries.ts'

let native: string
beforeEach(() => {
  native = path.join(mkdtempSync(path.join(os.tmpdir(), 'native-')), 'native')
  mkdirSync(path.join(native, 'lib'), { recursive: true })
  writeFileSync(path.join(native, 'lib/libicu.so.60.2'), 'library')
})
afterEach(() => rmSync(path.dirname(native), { recursive: true }))

const links = [
  { source: 'native/lib/libicu.so.60.2', target: 'native/lib/libicu.so' },
  { source: 'native/lib/libicu.so.60.2', target: 'native/lib/libicu.so.60' },
]

it('makes the links that a blocked install script did not, and is content when they are there', () => {
  writeFileSync(path.join(native, 'pg-symlinks.json'), JSON.stringify(links))
  expect(tryLink(native)).toBe(true)
  expect(readlinkSync(path.join(native, 'lib/libicu.so.60'))).toBe('libicu.so.60.2')
  expect(existsSync(path.join(native, 'lib/libicu.so'))).toBe(true)
  expect(tryLink(native)).toBe(true)
})

it('is content with a package that names no links', () => {
  expect(tryLink(native)).toBe(true)
})

it('says when a link cannot be made', () => {
  const target = 'native/missing/libicu.so'
  writeFileSync(path.join(native, 'pg-symlinks.json'), JSON.stringify([{ ...links[0], target }]))
  expect(tryLink(native)).toBe(false)
})
