import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { planPostData } from './plan-post-data.ts'

const show = (sql: string) =>
  planPostData(sql).map((lanes) => lanes.map((lane) => lane.map(({ sql, line }) => `${line}: ${sql.trim()}`)))

it('spreads keys and indexes over their tables, and keeps everything else in its place', () => {
  const key = 'ALTER TABLE ONLY public."a b"\n    ADD CONSTRAINT "a_pkey" PRIMARY KEY (id)'
  const index = 'CREATE INDEX i ON public."a b" USING btree (name)'
  const other = 'CREATE UNIQUE INDEX u ON ONLY c (x)'
  const foreign = 'ALTER TABLE ONLY c ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES public."a b"(id)'
  expect(show(`-- keys\n\n${key};\n\n${other};\n${index};\n${foreign};\n${other};\n`)).toEqual([
    [[`2: ${key}`, `6: ${index}`], [`5: ${other}`]],
    [[`7: ${foreign}`]],
    [[`8: ${other}`]],
  ])
})

it('leaves constraints that lock other tables where they are', () => {
  expect(show('ALTER TABLE a ADD CONSTRAINT k UNIQUE (x);')).toEqual([
    [['0: ALTER TABLE a ADD CONSTRAINT k UNIQUE (x)']],
  ])
})

it('loses no statement of a real snapshot, nor one without an end', async () => {
  const file = join(import.meta.dirname, '../../snapshots/tcc-dev-swa/schema/post-data.sql')
  const sql = await readFile(file, 'utf8')
  const statements = planPostData(sql).flat(2)
  expect(statements).toHaveLength(sql.match(/;$/gm)?.length ?? 0)
  expect(planPostData('SELECT 1; SELECT 2').flat(2)).toHaveLength(2)
})
