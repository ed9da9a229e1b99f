import { describe, expect, it } from 'vitest'
import { listObjectsCreated } from './list-objects-created.ts'

const shown = async (sql: string) =>
  (await listObjectsCreated(sql)).map(({ kind, table, name }) => `${kind} ${table ? `${table}.` : ''}${name}`)

describe('listObjectsCreated', () => {
  it.each([
    ['create table "Trip"(id int); create table audit.e()', ['relation Trip', 'relation audit.e']],
    ['create table public.a as select 1; select 1 into b', ['relation a', 'relation b']],
    ['create view v as select 1; create sequence s', ['relation v', 'relation s']],
    ['create materialized view m as select 1', ['relation m']],
    ['alter table t add column a int, add b int, drop c', ['column t.a', 'column t.b']],
    ['alter table t add constraint k check (true)', ['constraint t.k']],
    [`create type "E" as enum ('ERROR'); create domain d as int`, ['type E', 'type d']],
    ['create schema s; create unique index concurrently i on t(a)', ['schema s', 'index i']],
    ['create index on t(a)', []],
    ['alter table a rename to b; alter table a rename column x to y', ['relation b', 'column a.y']],
    ['alter index i rename to j; alter type e rename to f', ['index j', 'type f']],
    ['alter table a alter column b type int; drop table c; syntax error', []],
    [`do $$ begin if true then create table t(id int default 1); end if; end $$`, ['relation t']],
    [`do $$ begin execute 'alter table t add c int'; end $$`, ['column t.c']],
    [`do $$ begin execute format('create table %I ()', 'x'); end $$`, []],
  ])('%s', async (sql, expected) => {
    expect(await shown(sql)).toEqual(expected)
  })
})
