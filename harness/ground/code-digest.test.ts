import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readCodeDigest } from './code-digest.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phaseproof test code-digest '))
  write(
    'replay/run.ts',
    "import { quote } from '../ground/quote.ts'\nimport pg from 'pg'\nimport('./late.ts')\n",
  )
  write('replay/late.ts', 'export const late = 1\n')
  write('replay/queries/tables.sql', 'SELECT 1')
  write('ground/quote.ts', 'export const quote = 1\n')
  write('leak/search.ts', "import { quote } from '../ground/quote.ts'\n")
  write('node_modules/pg/package.json', '{ "version": "1.0.0" }')
})

afterEach(() => rmSync(root, { recursive: true }))

it('covers what an entry imports, late imports and queries included, and nothing else', () => {
  const { files, packages } = readCodeDigest([join(root, 'replay/run.ts')], root)
  expect(files.map((file) => file.slice(root.length + 1))).toEqual([
    'ground/quote.ts',
    'replay/late.ts',
    'replay/queries/tables.sql',
    'replay/run.ts',
  ])
  expect(packages).toEqual(['pg@1.0.0'])
})

it.each([
  ['the entry', 'replay/run.ts', "import pg from 'pg'\n"],
  ['an imported file', 'ground/quote.ts', 'export const quote = 2\n'],
  ['a file imported late', 'replay/late.ts', 'export const late = 2\n'],
  ['a query', 'replay/queries/tables.sql', 'SELECT 2'],
  ['the version of a package', 'node_modules/pg/package.json', '{ "version": "1.0.1" }'],
])('changes with %s', (_what, file, text) => {
  const before = digest()
  write(file, text)
  expect(digest()).not.toBe(before)
})

it('does not change with code that the entry never imports', () => {
  const before = digest()
  write('leak/search.ts', '// another comment\n')
  expect(digest()).toBe(before)
})

function digest(): string {
  return readCodeDigest([join(root, 'replay/run.ts')], root).digest
}

function write(file: string, text: string): void {
  const path = join(root, file)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
}
