import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { exists, toIncoming } from '../ground/swap-in.ts'
import { toExamplePolicy } from '../testing/capture-example.ts'
import { type Ended, runPhaseproof } from '../testing/run-phaseproof.ts'
import { query } from '../testing/with-test-database.ts'

/** What the source holds, the password in connection strings, and the key: nothing of it may ever be printed. */
const PLANTED = /Zebulon|Quartermaine|zq\d*@|saintodilia|616-?555-?7|hidden-word|4711-0815|a key that only/i
const KEY = 'a key that only the tests use'

const ROWS = `
  CREATE DOMAIN mrn AS text CHECK (VALUE ~ '^4711-[0-9]{4}$');
  CREATE TABLE person (id integer PRIMARY KEY, name text NOT NULL, email text UNIQUE, mrn mrn, born text, state text, doc jsonb, remark text);
  INSERT INTO person SELECT i, 'Zebulon Quartermaine', 'zq' || i || '@saintodilia.org', '4711-0815', '2001-02-03', 'MI', '{"phone": "616-555-7777"}',
         CASE WHEN i = 140 THEN 'ask Zebulon Quartermaine' ELSE 'needs a ramp' END
    FROM generate_series(1, 150) i;`

const keep = { rule: 'keep', because: 'test' }
const COLUMNS = {
  id: { type: 'integer', ...keep },
  name: { type: 'text', rule: 'name', part: 'full' },
  email: { type: 'text', rule: 'email' },
  mrn: { type: 'public.mrn', rule: 'surrogate', class: 'mrn', prefix: '4711-' },
  born: { type: 'text', rule: 'year' },
  state: { type: 'text', rule: 'enum', values: ['MI'], because: 'test' },
  doc: { type: 'jsonb', rule: 'json', paths: { '$.phone': { rule: 'phone' } } },
  remark: { type: 'text', rule: 'free-text' },
}

let folder = ''
let source = ''
const name = `phaseproof_test_refusals_${process.pid}`
const place = (file: string) => join(folder, file)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phaseproof-snapshot-'))
  await query(inject('postgresUrl'), `CREATE DATABASE ${name}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  source = url.href
  await query(source, ROWS)
  await writePolicy('good', {})
})
afterAll(async () => {
  await query(inject('postgresUrl'), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  await rm(folder, { recursive: true, force: true })
})

const writePolicy = (file: string, columns: object) =>
  writeFile(
    place(`${file}.yaml`),
    toExamplePolicy({ 'public.person': { columns: { ...COLUMNS, ...columns } } }),
  )

/** Runs `snapshot …`, and looks through all that it printed. */
async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const secrets = { PHASEPROOF_SOURCE_URL: source, PHASEPROOF_MASK_KEY: KEY }
  const ended = await runPhaseproof(['snapshot', ...args], () => {}, { ...secrets, ...env })
  expect(ended.stdout + ended.stderr).not.toMatch(PLANTED)
  expect(ended.stdout + ended.stderr).not.toMatch(/^ {4}at /m)
  return ended
}

const capture = (policy: string, ...more: readonly string[]) => [
  'capture',
  ...['--policy', place(`${policy}.yaml`), '--out', place(`of-${policy}`)],
  ...['--allow-writer', 'phaseproof', '--schema-from', 'catalog', '--no-load', ...more],
]
const NOWHERE = 'postgres://me:hidden-word@127.0.0.1:1/none'

describe('snapshot capture', () => {
  const cases: readonly {
    claim: string
    code: number
    says: RegExp
    columns?: object
    more?: readonly string[]
    env?: NodeJS.ProcessEnv
  }[] = [
    {
      claim: 'whose output holds a raw value, told with table and line',
      code: 1,
      says: /raw values: a value of public\.person\.name stands in public\.person\.remark: line 140 of/,
      columns: { remark: { type: 'text', ...keep } },
    },
    {
      claim: 'whose output holds a canary',
      code: 1,
      says: /canaries: a canary stands in public\.person\.born/,
      columns: { born: { type: 'text', ...keep } },
      more: ['--canary', '2001-02-03'],
    },
    {
      claim: 'with a canary too short to be looked for',
      code: 2,
      says: /canary 1 has fewer than 4 letters and digits/,
      more: ['--canary', 'Zeb'],
    },
    {
      claim: 'with a column that the policy has another type for',
      code: 2,
      says: /public\.person\.id: is integer now, the policy was written for bigint/,
      columns: { id: { type: 'bigint', ...keep } },
    },
    {
      claim: 'with masked values that their domain refuses',
      code: 2,
      says: /a masked value is not of its type or domain \(mrn_check\)/,
      columns: { mrn: { type: 'public.mrn', rule: 'free-text' } },
    },
    {
      claim: 'with values, dates and keys that the policy does not provide for, all of them',
      code: 2,
      says: /doc \$\.phone: a path that the policy does not list(.|\n)*state: a value that the policy does not list|state: a value that the policy does not list(.|\n)*doc \$\.phone/,
      columns: {
        state: { ...COLUMNS.state, values: ['OH'] },
        doc: { type: 'jsonb', rule: 'json', paths: { '$.mail': { rule: 'email' } } },
      },
    },
    { claim: 'without a key', code: 2, says: /Masking needs a key/, env: { PHASEPROOF_MASK_KEY: undefined } },
    { claim: 'with a short key', code: 2, says: /are the least/, env: { PHASEPROOF_MASK_KEY: '4711-0815' } },
    {
      claim: 'of no connection string',
      code: 2,
      says: /must be a connection string/,
      env: { PHASEPROOF_SOURCE_URL: 'hidden-word' },
    },
    {
      claim: 'of a server that is not there',
      code: 3,
      says: /ECONNREFUSED/,
      env: { PHASEPROOF_SOURCE_URL: NOWHERE },
    },
    {
      claim: 'by a role that can write and was not named',
      code: 3,
      says: /superuser/,
      more: ['--allow-writer', 'somebody'],
    },
  ]
  it.each(cases)('$claim: exit $code', async ({ code, says, columns = {}, more = [], env = {} }) => {
    const policy = `case-${cases.findIndex((one) => one.says === says)}`
    await writePolicy(policy, columns)
    const ended = await run(capture(policy, ...more), env)
    expect(ended.stderr).toMatch(says)
    expect(ended.code).toBe(code)
    for (const path of [place(`of-${policy}`), toIncoming(place(`of-${policy}`))])
      expect(await exists(path)).toBe(false)
  })
})

describe('snapshot verify', { timeout: 240_000 }, () => {
  it('is 0 for a captured snapshot, 1 once it is changed or its source says more, 2 for no folder, 3 for no source', async () => {
    const captured = place('of-good')
    expect((await run(capture('good'))).code).toBe(0)
    expect((await run(['verify', captured, '--against', source])).code).toBe(0)

    const missing = await run(['verify', place('nothing')])
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('There is no folder')])
    const unreachable = await run(['verify', captured, '--against', NOWHERE])
    expect([unreachable.code, unreachable.stderr]).toEqual([3, expect.stringContaining('ECONNREFUSED')])
    const short = await run(['verify', captured, '--canary', 'Zeb'])
    expect([short.code, short.stderr]).toEqual([2, expect.stringContaining('canary 1 has fewer than')])

    await query(source, `ALTER TABLE person ADD COLUMN nickname text DEFAULT 'Zebulon'`)
    const beside = await run(['verify', captured, '--against', source])
    expect([beside.code, beside.stdout]).toEqual([1, expect.stringContaining('person.nickname')])

    const damaged = place('damaged')
    const raw = await readFile(join(captured, 'data/public.person.copy'), 'utf8')
    await cp(captured, damaged, { recursive: true })
    await writeFile(join(damaged, 'data/public.person.copy'), raw.replace('\tMI\t', '\tZebulon\t'))
    const refused = await run(['verify', damaged])
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('data/public.person.copy')])
  })
})

describe('snapshot import', () => {
  it('of rows that their schema refuses: exit 3, and no row is quoted', async () => {
    await writeFile(
      place('backup.sql'),
      `CREATE TABLE public.person (id integer NOT NULL, name text);
COPY public.person (id, name) FROM stdin;
1\tZebulon
1\tQuartermaine
\\.
ALTER TABLE ONLY public.person ADD CONSTRAINT person_pkey PRIMARY KEY (id);
`,
    )
    const where = ['--policy', place('good.yaml'), '--out', place('imported'), '--postgres', 'embedded']
    const ended = await run(['import', place('backup.sql'), ...where])
    expect(ended.stderr).toMatch(
      /line 6: what Postgres said is withheld, as it may quote rows \(SQLSTATE 23505\)/,
    )
    expect(ended.code).toBe(3)
    expect(await exists(place('imported'))).toBe(false)
  })
})
