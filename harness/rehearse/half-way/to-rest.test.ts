import { expect, it } from 'vitest'
import { toRest } from './to-rest.ts'

const sql = '-- two lines\nCREATE TABLE a (\n  b int\n);\nCREATE INDEX c ON a (b); DROP TABLE d;\n'

it('is what follows the statements that ran, from the line where it begins', async () => {
  expect(await toRest(sql, 1)).toEqual({ line: 5, sql: 'CREATE INDEX c ON a (b); DROP TABLE d;\n' })
})

it.each([
  ['nothing ran', 0],
  ['a line holds both', 2],
  ['all ran', 3],
])('is nothing where %s', async (_, committed) => {
  expect(await toRest(sql, committed)).toBeNull()
})

it('is nothing where what ran ends in the line where the rest begins', async () => {
  expect(await toRest('SELECT (\n1); SELECT 2;', 1)).toBeNull()
})

it('is nothing where a comment that began before swallows the line', async () => {
  expect(await toRest('SELECT 1; /* a\nb */ SELECT 2;', 1)).toBeNull()
})
