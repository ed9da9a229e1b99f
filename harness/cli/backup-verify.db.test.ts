import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { query, withTestDatabase } from '../testing/with-test-database.ts'
import '../vitest/provided.ts'

const DUMP = `--
-- PostgreSQL database dump
--
-- Dumped from database version 17.4
CREATE TABLE public.orders (id integer NOT NULL, note text);
COPY public.orders (id, note) FROM stdin;
1\tsecret one
2\tsecret two
\\.
ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
--
-- PostgreSQL database dump complete
--
`
const SAME = `CREATE TABLE public.orders (id integer PRIMARY KEY, note text);
  INSERT INTO public.orders VALUES (1, 'secret one'), (2, 'secret two')`

/** Verifies a dump against a database that holds what the SQL makes. */
async function verify(dump: string, sql: string) {
  const folder = await mkdtemp(join(tmpdir(), 'phaseproof backup '))
  try {
    const file = join(folder, 'shop.sql')
    await writeFile(file, dump)
    return await withTestDatabase(inject('postgresUrl'), async (url) => {
      await query(url, sql)
      const main = join(import.meta.dirname, 'main.ts')
      const args = [
        '--import',
        'tsx',
        main,
        'backup',
        'verify',
        file,
        '--url',
        url,
        '--json',
        '--postgres',
        'embedded',
      ]
      const { code, stdout } = await new Promise<{ code: number; stdout: string }>((resolve) => {
        const child = execFile(process.execPath, args, (_error, out) => {
          resolve({ code: child.exitCode ?? -1, stdout: out })
        })
      })
      expect(stdout).not.toContain('secret')
      return { code, faults: (JSON.parse(stdout) as { faults: string[] }).faults }
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}

const [schemaOnly] = [DUMP.replace(/COPY[\s\S]*\\\.\n/, '')]
const cut = DUMP.slice(0, DUMP.indexOf('--\n-- PostgreSQL database dump complete'))

it.each([
  ['is equal to its database', DUMP, SAME, 0, []],
  [
    'differs in a value',
    DUMP,
    `${SAME}; UPDATE orders SET note = 'x' WHERE id = 1`,
    1,
    [/orders\.note: 1 values/],
  ],
  ['holds no rows', schemaOnly, SAME, 1, [/holds no rows/]],
  ['is cut off between two statements', cut, SAME, 1, [/cut off/]],
  [
    'is cut off among its rows',
    DUMP.slice(0, DUMP.indexOf('2\tsecret')),
    SAME,
    1,
    [/cannot be restored.*middle/],
  ],
  ['is of another database', DUMP, 'CREATE TABLE public.trips ()', 1, [/dump of another database/]],
] as const)('says that a dump %s', async (_claim, dump, sql, code, faults) => {
  const verdict = await verify(dump, sql)
  expect(verdict.code).toBe(code)
  if (faults.length === 0) expect(verdict.faults).toEqual([])
  for (const fault of faults) expect(verdict.faults.join('\n')).toMatch(fault)
})
