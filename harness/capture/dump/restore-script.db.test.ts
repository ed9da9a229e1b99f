import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { withTemporaryFolder } from '../../testing/example-source.ts'
import { query, withTestDatabase } from '../../testing/with-test-database.ts'
import { readDump } from './open-dump.ts'
import { type Restored, restoreScript } from './restore-script.ts'

const DUMP = `--
-- PostgreSQL database dump
--

\\restrict hAx9

-- Dumped from database version 17.4 (Debian 17.4-1.pgdg120+2)
-- Dumped by pg_dump version 17.4

SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);

CREATE FUNCTION public.one() RETURNS integer
    LANGUAGE plpgsql
    AS $$
BEGIN
COPY nothing FROM stdin;
RETURN 1;
END;
$$;

ALTER FUNCTION public.one() OWNER TO somebody_unknown;

CREATE TABLE public."Ward" (
    id integer NOT NULL,
    name text DEFAULT 'a;b'::text
);

ALTER TABLE public."Ward" OWNER TO somebody_unknown;

COPY public."Ward" (id, name) FROM stdin;
1\tNorth; with \\\\ and \\n
2\t\\N
\\.

COPY public."Ward" (id, name) FROM stdin;
\\.

ALTER TABLE ONLY public."Ward"
    ADD CONSTRAINT "Ward_pkey" PRIMARY KEY (id);

GRANT SELECT ON TABLE public."Ward" TO somebody_unknown;

\\unrestrict hAx9
`

/** The role of the dump is one that the server has not: its right is left out, and it is asked for once. */
const asked: string[] = []
async function makeNoRoles(names: readonly string[]): Promise<void> {
  asked.push(...names)
}

async function restore<T>(
  dump: string | Buffer,
  body: (restored: Restored, url: string) => Promise<T>,
): Promise<T> {
  return withTemporaryFolder(async (folder) => {
    const path = join(folder, 'backup.dump')
    await writeFile(path, dump)
    return withTestDatabase(inject('postgresUrl'), async (url) => {
      const client = new pg.Client({ connectionString: url })
      client.on('error', () => {})
      await client.connect()
      try {
        return await body(await restoreScript(readDump(path), client, 'backup.dump', makeNoRoles), url)
      } finally {
        await client.end()
      }
    })
  })
}

/** A dump whose rows have these names, and then a change of the table that they do not stand. */
function toChanged(change: string, ...names: readonly string[]): string {
  const rows = names.map((name, at) => `${at + 3}\t${name}`).join('\n')
  const tell =
    'CREATE FUNCTION public.tell(t text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE undefined_column USING MESSAGE = t; END $$;'
  const changed = `${tell}\nALTER TABLE public."Ward" ${change};\n`
  return DUMP.replace('2\t\\N', rows).replace('GRANT SELECT', () => `${changed}\nGRANT SELECT`)
}

describe('restoreScript', () => {
  it.each([
    ['plain', DUMP],
    ['compressed', gzipSync(DUMP)],
  ])('restores a %s dump and asks for the roles that it names', async (_claim, dump) => {
    await restore(dump, async (restored, url) => {
      expect(restored).toEqual({ rows: 2, version: '17.4' })
      expect(asked.splice(0)).toEqual(['somebody_unknown'])
      expect(await query(url, 'SELECT * FROM "Ward" ORDER BY id')).toEqual([
        { id: 1, name: 'North; with \\ and \n' },
        { id: 2, name: null },
      ])
      await expect(query(url, 'INSERT INTO "Ward" VALUES (1)')).rejects.toMatchObject({ code: '23505' })
    })
  })

  it('restores many rows in order of memory', async () => {
    const rows = Array.from({ length: 30_000 }, (_, id) => `${id}\t${'x'.repeat(50)}`).join('\n')
    await restore(
      DUMP.replace('2\t\\N', `2\t\\N\n${rows.slice(rows.indexOf('\n3\t') + 1)}`),
      async (restored) => {
        expect(restored.rows).toBe(29_999)
      },
    )
  })

  it.each([
    ['LATIN1', 'latin1', 'Größe ÿ'],
    ['WIN1252', 'latin1', 'Größe ÿ'],
    ['UTF8', 'utf8', 'Größe ÿ Ж 😀'],
  ] as const)(
    'keeps every letter of a dump in %s, in rows and in the schema',
    async (encoding, bytes, text) => {
      const named = DUMP.replaceAll("'UTF8'", `'${encoding}'`)
        .replace("'a;b'::text", `'${text}'::text`)
        .replace('2\t\\N', `2\t${text}`)
      await restore(Buffer.from(named, bytes), async (_restored, url) => {
        expect(await query(url, 'SELECT name FROM "Ward" WHERE id = 2')).toEqual([{ name: text }])
        await query(url, 'INSERT INTO "Ward" (id) VALUES (3)')
        expect(await query(url, 'SELECT name FROM "Ward" WHERE id = 3')).toEqual([{ name: text }])
      })
    },
  )

  it('keeps letters of which a byte looks like a backslash', async () => {
    // SJIS: 0x95 0x5c is one letter, and so is 0x83 0x5c.
    const [before = '', after = ''] = DUMP.replaceAll("'UTF8'", "'SJIS'").replace('2\t\\N', '2\t*').split('*')
    const dump = Buffer.concat([
      Buffer.from(before),
      Buffer.from([0x95, 0x5c, 0x83, 0x5c]),
      Buffer.from(after),
    ])
    await restore(dump, async (_restored, url) => {
      expect(await query(url, 'SELECT name FROM "Ward" WHERE id = 2')).toEqual([{ name: '表ソ' }])
    })
  })

  it('tells an extension that the server lacks, and where it is to be had', async () => {
    const dump = DUMP.replace(
      'CREATE TABLE',
      'CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public;\n\nCREATE TABLE',
    )
    await expect(restore(dump, async () => null)).rejects.toMatchObject({
      code: 'server-lacks',
      context: { object: 'extension vector', image: 'pgvector/pgvector:pg17' },
    })
  })

  const faults: readonly [claim: string, dump: string | Buffer, message: RegExp][] = [
    [
      'a row that Postgres refuses, without quoting it',
      DUMP.replace('2\t\\N', 'Jane Doe\tx'),
      /line 3\d: what Postgres said is withheld/,
    ],
    [
      'a row with too many columns, without quoting it',
      DUMP.replace('2\t\\N', '2\tJane Doe\tx'),
      /withheld.*22P04/,
    ],
    [
      'a key that occurs twice, without quoting it',
      toChanged('ADD UNIQUE (name)', 'Jane', 'Jane'),
      /withheld.*23505/,
    ],
    [
      'a check that fails, without quoting the row',
      toChanged(`ADD CHECK (name <> 'x')`, 'Jane', 'x'),
      /withheld.*23514/,
    ],
    [
      'a cast that fails, without quoting the value',
      toChanged('ALTER name DROP DEFAULT, ALTER name TYPE integer USING name::integer', 'Jane'),
      /withheld.*22P02/,
    ],
    [
      'a function that speaks of a row with a code of its own, without quoting it',
      toChanged('ADD CHECK (public.tell(name))', 'Jane'),
      /withheld.*42703/,
    ],
    [
      'a statement that Postgres refuses',
      DUMP.replace('name text', 'name textt'),
      /type "textt" does not exist/,
    ],
    [
      'a command of psql',
      DUMP.replace('SET client', '\\connect other\nSET client'),
      /line 11 holds a command of psql/,
    ],
    ['a dump cut short among rows', DUMP.slice(0, DUMP.indexOf('2\t\\N')), /ends in the middle/],
    ['a dump cut short in a statement', DUMP.slice(0, DUMP.indexOf('RETURN 1')), /ends in the middle/],
    [
      'bytes that are not what the dump says',
      Buffer.from(DUMP.replace('a;b', 'größe'), 'latin1'),
      /line 27 holds bytes that are no UTF-8/,
    ],
    [
      'bytes of no known encoding',
      Buffer.from(DUMP.replaceAll("'UTF8'", "'SQL_ASCII'").replace('a;b', 'größe'), 'latin1'),
      /has no encoding \(SQL_ASCII\), and line 27/,
    ],
    [
      'bytes that are no letters of the encoding it says',
      Buffer.from(DUMP.replaceAll("'UTF8'", "'EUC_JP'").replace('a;b', 'grö'), 'latin1'),
      /line 27 holds bytes that are no EUC_JP/,
    ],
    ['a dump that PowerShell redirected', Buffer.from(`\uFEFF${DUMP}`, 'utf16le'), /it is UTF-16/],
    ['a custom dump that is none', 'PGDMP and nothing more', /pg_restore/],
  ]
  it.each(faults)('refuses %s', async (_claim, dump, message) => {
    const error = await restore(dump, async () => null).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'capture-failed' })
    expect(error.message).toMatch(message)
    expect(error.message).not.toContain('Jane')
  })
})
