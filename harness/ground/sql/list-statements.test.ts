import { describe, expect, it } from 'vitest'
import { listStatements } from './list-statements.ts'

const lines = async (sql: string) => (await listStatements(sql))?.map(({ line, text }) => [line, text])

describe('listStatements', () => {
  it.each([
    ['counts lines past comments', '-- a; b\n/* c;\n/* d */ */ select 1;\n', [[3, 'select 1']]],
    [
      'counts characters, not bytes',
      "-- é😀\nselect 'é;😀';select 2",
      [
        [2, "select 'é;😀'"],
        [2, 'select 2'],
      ],
    ],
    [
      'counts CRLF as one line end',
      'select 1;\r\n\r\nselect 2\r\n',
      [
        [1, 'select 1'],
        [3, 'select 2'],
      ],
    ],
    [
      'does not cut inside a block',
      'do $$ begin; end $$;\nselect 1',
      [
        [1, 'do $$ begin; end $$'],
        [2, 'select 1'],
      ],
    ],
    ['reads a file that says ERROR', "select 'ERROR'", [[1, "select 'ERROR'"]]],
    ['finds nothing in comments', '-- a\n/* b */', []],
    ['finds nothing in nothing', '', []],
    ['passes over empty statements', ';;select 1;;', [[1, 'select 1']]],
  ])('%s', async (_, sql, expected) => {
    expect(await lines(sql)).toEqual(expected)
  })

  it('names the kind of each statement', async () => {
    const found = await listStatements('create table a(); alter table a add b int; drop table a')
    expect(found?.map(({ tag }) => tag)).toEqual(['CreateStmt', 'AlterTableStmt', 'DropStmt'])
  })

  it.each(['select from from', "select 'open", '\uFEFFselect 1'])('gives null for %j', async (sql) => {
    expect(await listStatements(sql)).toBeNull()
  })
})
