import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'libpg-query'
import { describe, expect, it } from 'vitest'
import { StatementSplitter } from './split-statements.ts'

function split(script: string): readonly string[] {
  const splitter = new StatementSplitter()
  const statements = script.split('\n').flatMap((line) => splitter.add(line))
  expect(splitter.isBetween).toBe(true)
  return statements.map((statement) => statement.trim())
}

describe('StatementSplitter', () => {
  const cases: readonly [claim: string, script: string, statements: readonly string[]][] = [
    ['two statements of one line', 'SELECT 1; SELECT 2;', ['SELECT 1', 'SELECT 2']],
    ['a statement of several lines', 'CREATE TABLE a (\n  b int\n);', ['CREATE TABLE a (\n  b int\n)']],
    ['semicolons in a text', `SELECT 'a;''b';`, [`SELECT 'a;''b'`]],
    ['a quote behind a backslash', `SELECT E'a\\';b', 'c\\';`, [`SELECT E'a\\';b', 'c\\'`]],
    ['semicolons in a name', 'SELECT "a;b""c";', ['SELECT "a;b""c"']],
    ['semicolons in a body', 'DO $x$ a; $y$; b;\n c; $x$;', ['DO $x$ a; $y$; b;\n c; $x$']],
    ['a price that is no quote', 'SELECT $1, a$b;', ['SELECT $1, a$b']],
    [
      'semicolons in comments',
      '-- a; b\nSELECT 1 -- c;\n;\n/* d;\ne; */ SELECT 2;',
      ['SELECT 1 -- c;', '/* d;\ne; */ SELECT 2'],
    ],
    [
      'the body of a function in SQL',
      'CREATE FUNCTION f() RETURNS int\nBEGIN ATOMIC\n SELECT 1;\n SELECT CASE WHEN true THEN 2 END;\nEND;\nSELECT 3;',
      [
        'CREATE FUNCTION f() RETURNS int\nBEGIN ATOMIC\n SELECT 1;\n SELECT CASE WHEN true THEN 2 END;\nEND',
        'SELECT 3',
      ],
    ],
    ['a transaction', 'BEGIN;\nCOMMIT;', ['BEGIN', 'COMMIT']],
  ]
  it.each(cases)('cuts %s', (_claim, script, statements) => {
    expect(split(script)).toEqual(statements)
  })

  const snapshots = join(import.meta.dirname, '../../snapshots')
  const files = readdirSync(snapshots, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.sql'),
  )
  it.each([
    ...cases.map(([claim, script]) => [claim, script]),
    ...files.map((file) => [file, readFileSync(join(snapshots, file), 'utf8')]),
  ])("cuts as Postgres' own parser does: %s", async (_claim, script = '') => {
    const bytes = Buffer.from(script)
    const { stmts = [] } = (await parse(script)) as { stmts?: readonly Cut[] }
    const ends = stmts.map(({ stmt_location: from = 0, stmt_len: length }) =>
      bytes.toString('utf8', from, length && from + length).trim(),
    )
    const found = split(script)
    expect(found).toHaveLength(ends.length)
    // The parser keeps the comments before a statement.
    for (const [at, statement] of found.entries()) expect(ends[at]?.endsWith(statement)).toBe(true)
  })
})

interface Cut {
  readonly stmt_location?: number
  readonly stmt_len?: number
}
