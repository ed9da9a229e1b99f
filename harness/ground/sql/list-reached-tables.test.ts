import { describe, expect, it } from 'vitest'
import { listReachedTables } from './list-reached-tables.ts'

const reached = async (sql: string) =>
  (await listReachedTables(sql)).map(({ table, statement, line }) => `${line} ${statement}: ${table}`)

describe('listReachedTables', () => {
  it.for<[string, string[]]>([
    ['CREATE TABLE a (id int);\nUPDATE a SET id = 1', ['2 UPDATE a SET: public.a']],
    ['DELETE FROM app."T" WHERE true', ['1 DELETE FROM app."T": app.T']],
    ['INSERT INTO a SELECT * FROM b', ['1 INSERT INTO a: public.b']],
    ['INSERT INTO a VALUES (1)', []],
    ['UPDATE a SET x = b.x FROM b', ['1 UPDATE a SET: public.a', '1 UPDATE a SET: public.b']],
    ['ALTER TABLE a NO FORCE ROW LEVEL SECURITY; UPDATE a SET id = 1', []],
    ["SET app.tenant = 'x'; UPDATE a SET id = 1", []],
    ["SELECT set_config('app.tenant', 'x', true); UPDATE a SET id = 1", []],
    ['SELECT * FROM a', []],
  ])('of %s', async ([sql, told]) => {
    expect(await reached(sql)).toEqual(told)
  })
})
