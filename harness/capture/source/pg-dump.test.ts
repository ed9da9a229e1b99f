import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withTemporaryFolder } from '../../testing/example-source.ts'
import { findPgDump, toPlainSql } from './pg-dump.ts'

it('takes the nearest pg_dump that can read the server, and lists what it found', async () => {
  await withTemporaryFolder(async (folder) => {
    const folders = await Promise.all(
      ['15.6', '18.1', '17.4'].map(async (version) => {
        const bin = join(folder, version)
        await mkdir(bin)
        await writeFile(join(bin, 'pg_dump'), `#!/bin/sh\necho 'pg_dump (PostgreSQL) ${version}'\n`)
        await chmod(join(bin, 'pg_dump'), 0o755)
        return bin
      }),
    )
    const { fitting, found } = await findPgDump(17, [...folders, join(folder, 'none')])
    expect(fitting?.version).toBe('17.4')
    expect(found).toHaveLength(3)
    expect((await findPgDump(19, folders)).fitting).toBeUndefined()
  })
})

it('leaves out of a dump what only psql reads, what names versions, and settings; never a line of a function', () => {
  const dump = `--
-- PostgreSQL database dump
--

\\restrict abcXYZ

-- Dumped from database version 17.4
-- Dumped by pg_dump version 17.4

SET statement_timeout = 0;
SET default_table_access_method = heap;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE FUNCTION public.f() RETURNS void LANGUAGE plpgsql AS $_$
BEGIN
SET statement_timeout = 0;
END
$_$;



CREATE TABLE public.a (
    id integer
);

\\unrestrict abcXYZ
`
  expect(toPlainSql(dump)).toBe(`SET default_table_access_method = heap;

CREATE FUNCTION public.f() RETURNS void LANGUAGE plpgsql AS $_$
BEGIN
SET statement_timeout = 0;
END
$_$;

CREATE TABLE public.a (
    id integer
);
`)
})

it('leaves passwords for other servers out of a dump, and nothing else', () => {
  const dump = `CREATE SERVER lab FOREIGN DATA WRAPPER none;

--
-- Name: USER MAPPING reader SERVER lab; Type: USER MAPPING; Schema: -; Owner: -
--

CREATE USER MAPPING FOR reader SERVER lab OPTIONS (
    password 'two
lines; and '' more',
    "user" 'x'
);

CREATE FUNCTION public.f() RETURNS void LANGUAGE sql AS $$
CREATE USER MAPPING FOR nobody;
$$;
`
  expect(toPlainSql(dump)).toBe(`CREATE SERVER lab FOREIGN DATA WRAPPER none;

CREATE FUNCTION public.f() RETURNS void LANGUAGE sql AS $$
CREATE USER MAPPING FOR nobody;
$$;
`)
})

it('takes no $$ in a text for the beginning of a function', () => {
  const dump = `COMMENT ON TABLE public.a IS 'paid in $$
SET statement_timeout = 0;';

\\unrestrict abcXYZ
`
  expect(toPlainSql(dump)).toBe(`COMMENT ON TABLE public.a IS 'paid in $$
SET statement_timeout = 0;';
`)
})
