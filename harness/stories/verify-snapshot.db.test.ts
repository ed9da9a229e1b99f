import { readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { toCaptureProof } from '../capture/leak/prove-captured.ts'
import { silentProgress } from '../model/ports.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { captureExample, EXAMPLE_KEY, toExamplePolicy } from '../testing/capture-example.ts'
import { withTemporaryFolder } from '../testing/example-source.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'
import { readPolicy } from './assert-sanitised.ts'
import { renderSnapshot } from './describe-snapshot.ts'
import { importDump } from './import-dump.ts'
import { type Verification, verifySnapshot } from './verify-snapshot.ts'

const TABLE = `CREATE TABLE public.person (
    id integer NOT NULL,
    name text NOT NULL,
    email text,
    seen timestamp(3) without time zone,
    remark text,
    more jsonb
);`
const ROWS = [
  [
    '1',
    'Marlies Vandenbrook',
    'marlies@saintodilia.org',
    '2024-02-03 10:11:12.345',
    'needs a ramp',
    '{"beds": 2}',
  ],
  [
    '2',
    'Tobias Okonkwo',
    'tobias.okonkwo@saintodilia.org',
    '2024-02-04 10:11:12.346',
    'two people',
    '{"beds": 1, "caller": "Tobias Okonkwo"}',
  ],
  ['3', 'Priscilla Yanovich', '\\N', '\\N', 'needs a ramp', '{"beds": 3}'],
]
const DUMP = `-- Dumped from database version 17.4
${TABLE}
COPY public.person (id, name, email, seen, remark, more) FROM stdin;
${ROWS.map((row) => row.join('\t')).join('\n')}
\\.
ALTER TABLE ONLY public.person ADD CONSTRAINT person_pkey PRIMARY KEY (id);
ALTER TABLE public.person OWNER TO somebody;
`

const keep = (type: string) => ({ type, rule: 'keep', because: 'test' })
const POLICY = toExamplePolicy({
  'public.person': {
    subject: { kind: 'person', column: 'id' },
    columns: {
      id: keep('integer'),
      name: { type: 'text', rule: 'name', part: 'full', class: 'person' },
      email: { type: 'text', rule: 'email', class: 'email' },
      seen: { type: 'timestamp(3) without time zone', rule: 'date-shift', days: 300 },
      remark: keep('text'),
      more: {
        type: 'jsonb',
        rule: 'json',
        paths: { '$.beds': { rule: 'keep', because: 'test' }, '$.caller': { rule: 'name', class: 'person' } },
      },
    },
  },
})

/** Makes the source, captures it, lets `change` happen, and verifies. */
async function withCaptured<T>(
  body: (snapshot: Snapshot, url: string) => Promise<T>,
  changes: Parameters<typeof captureExample>[3] = { prove: toCaptureProof({ progress: silentProgress }) },
): Promise<T> {
  return withTestDatabase(inject('postgresUrl'), async (url) => {
    await query(url, TABLE)
    await query(url, 'ALTER TABLE person ADD PRIMARY KEY (id)')
    for (const row of ROWS) {
      const values = row.map((value) => (value === '\\N' ? null : value))
      await query(url, 'INSERT INTO person VALUES ($1, $2, $3, $4, $5, $6)', values)
    }
    return withTemporaryFolder(async (parent) =>
      body(await captureExample(url, join(parent, 'example'), POLICY, changes), url),
    )
  })
}

function verify(snapshot: Snapshot, url?: string, canaries: readonly string[] = []): Promise<Verification> {
  return verifySnapshot({
    folder: snapshot.folder,
    ...(url !== undefined && { against: { url, name: 'the source' } }),
    canaries,
    progress: silentProgress,
  })
}

const failures = ({ checks }: Verification) =>
  checks.flatMap(({ name, found }) => found.map((text) => `${name}: ${text}`))

describe('verifySnapshot', () => {
  it('finds nothing against a captured snapshot, with its source and without', async () => {
    await withCaptured(async (snapshot, url) => {
      expect(failures(await verify(snapshot))).toEqual([])
      const beside = await verify(snapshot, url, ['never planted'])
      expect(failures(beside)).toEqual([])
      expect(beside.checks.map(({ name }) => name)).toEqual([
        'sanitised',
        'policy fits the source',
        'forms of values',
        'patterns of identifiers',
        'raw values',
        'changed columns',
        'canaries',
      ])
      expect(await query(url, 'SELECT count(*)::int FROM person')).toEqual([{ count: 3 }])
    })
  })

  it('finds a value that came into a kept column of the source later, and a column that came later', async () => {
    await withCaptured(async (snapshot, url) => {
      await query(url, `ALTER TABLE person ADD COLUMN nickname text`)
      await query(url, `INSERT INTO person VALUES (4, 'Needs A Ramp', NULL, NULL, 'x', NULL, NULL)`)
      const found = failures(await verify(snapshot, url)).join('\n')
      expect(found).toContain(
        'raw values: a value of public.person.name stands in public.person.remark: 2 rows',
      )
      expect(found).toContain('nickname')
    })
  })

  it('finds that the source has another column in the place of one', async () => {
    await withCaptured(async (snapshot, url) => {
      await query(url, 'ALTER TABLE person RENAME COLUMN name TO called')
      const found = failures(await verify(snapshot, url))
      expect(found[0]).toContain('policy fits the source: public.person.called')
    })
  })

  it('tells of a source that cannot be read without quoting it', async () => {
    await withCaptured(async (snapshot, url) => {
      const role = `phaseproof_role_test_nobody_${Date.now()}`
      await query(url, `CREATE ROLE ${role} LOGIN PASSWORD 'r'`)
      const reader = new URL(url)
      reader.username = role
      reader.password = 'r'
      try {
        const error = await verify(snapshot, reader.href).catch((thrown: unknown) => thrown)
        expect(error).toMatchObject({ code: 'capture-failed', message: expect.stringContaining('42501') })
        expect(JSON.stringify([error, (error as Error).stack])).not.toMatch(/Vandenbrook|saintodilia/)
      } finally {
        await query(url, `DROP OWNED BY ${role}; DROP ROLE ${role}`)
      }
    })
  })

  it('finds that nobody proved it', async () => {
    await withCaptured(async (snapshot) => {
      expect(failures(await verify(snapshot))).toEqual(['sanitised: it has no leak proof'])
    }, {})
  })

  it('refuses to capture what holds a raw value, and leaves nothing of it', async () => {
    await withTestDatabase(inject('postgresUrl'), async (url) => {
      await query(url, TABLE)
      await query(
        url,
        `INSERT INTO person VALUES (1, 'Marlies Vandenbrook', NULL, NULL, 'ask Mrs. Vandenbrook')`,
      )
      await withTemporaryFolder(async (parent) => {
        const prove = toCaptureProof({ progress: silentProgress })
        const error = await captureExample(url, join(parent, 'example'), POLICY, { prove }).catch(
          (thrown) => thrown,
        )
        expect(error).toMatchObject({ code: 'snapshot-refused' })
        expect(error.message).toContain(
          'a word of a value of public.person.name stands in public.person.remark',
        )
        expect(error.message).not.toContain('Vandenbrook')
        expect(await readdir(parent)).toEqual([])
      })
    })
  })

  it('describes what was done to each column, and why one stayed', async () => {
    await withCaptured(async (snapshot) => {
      const text = renderSnapshot(snapshot, (await readPolicy(snapshot)).policy)
      expect(text).toContain('public.person: 3 rows')
      expect(text).toContain('  test: an example (the tests, until 2099-12-31)')
      expect(text).toContain('name    name, 3 of 3 changed')
      expect(text).toContain('remark  keep, 0 of 3 changed, because: test')
      expect(text).toContain('more    json, 1 of 3 changed')
      expect(text).toMatch(/ {10}\$\.beds {4}keep, because: test\n {10}\$\.caller {2}name\n/)
      expect(text).toContain('leak proof: passed')
    })
  })
})

describe('importDump', () => {
  it('makes a proven snapshot of a dump that loads, and leaves nothing raw behind', async () => {
    const before = await listRawFolders()
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, 'backup.sql'), DUMP)
      await writeFile(join(folder, 'policy.yaml'), POLICY)
      const snapshot = await importDump({
        dump: join(folder, 'backup.sql'),
        policy: join(folder, 'policy.yaml'),
        key: EXAMPLE_KEY,
        folder: join(folder, 'imported'),
        takenAt: '2026-01-06T06:00:00Z',
        postgres: 'embedded',
        canaries: ['Vandenbrook'],
        progress: silentProgress,
      })
      expect(snapshot.manifest).toMatchObject({ name: 'imported', leakProof: { passed: true } })
      expect(failures(await verify(snapshot))).toEqual([])
      const data = await readFile(join(snapshot.folder, 'data/public.person.copy'), 'utf8')
      expect(data).not.toMatch(/Vandenbrook|saintodilia/)
      expect(snapshot.manifest.tables).toMatchObject([{ name: 'person', rows: 3 }])
      const loads = snapshot.manifest.leakProof?.checks.find(({ name }) => name === 'loads')
      expect(loads).toMatchObject({ passed: true })
    })
    expect(await listRawFolders()).toEqual(before)
  })
})

describe('an import that is asked to end', () => {
  it('ends in the middle of restoring, says so, and leaves nothing', async () => {
    const before = await listRawFolders()
    await withTemporaryFolder(async (folder) => {
      const rows = Array.from({ length: 400_000 }, (_, id) => `${id}\tMarlies Vandenbrook\t\\N\t\\N\tx\t\\N`)
      await writeFile(
        join(folder, 'backup.sql'),
        DUMP.replace(/(stdin;\n)[\s\S]*?(\n\\\.)/, (_, a, b) => a + rows.join('\n') + b),
      )
      await writeFile(join(folder, 'policy.yaml'), POLICY)
      const stop = new AbortController()
      const told: string[] = []
      const step = (text: string) => {
        told.push(text)
        if (text.includes('ready in')) setTimeout(() => stop.abort(), 150)
      }
      const imported = importDump({
        dump: join(folder, 'backup.sql'),
        policy: join(folder, 'policy.yaml'),
        key: EXAMPLE_KEY,
        folder: join(folder, 'imported'),
        postgres: 'embedded',
        canaries: [],
        progress: { step, count() {} },
        signal: stop.signal,
      })
      const ended = await imported.then(
        () => 'it did not end',
        (error: Error) => error.message,
      )
      // As an object, whose difference is printed whole.
      expect({ ended }).toEqual({
        ended: expect.stringContaining('it was stopped, and nothing of it is left'),
      })
      expect(told.join()).not.toContain('rows restored')
      expect((await readdir(folder)).sort()).toEqual(['backup.sql', 'policy.yaml'])
    })
    expect(await listRawFolders()).toEqual(before)
  })
})

async function listRawFolders(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('phaseproof-import-')).sort()
}

const DUMP_WITH_ROLES = `-- Dumped from database version 17.4
CREATE TABLE public.visit (id integer NOT NULL, team text);
ALTER TABLE public.visit OWNER TO clinic_deploy;
COPY public.visit (id, team) FROM stdin;
1	north
\\.
ALTER TABLE ONLY public.visit ADD CONSTRAINT visit_pkey PRIMARY KEY (id);
CREATE POLICY mine ON public.visit TO authenticated USING ((team = CURRENT_USER));
ALTER TABLE public.visit ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON TABLE public.visit TO clinic_app;
GRANT ALL ON FUNCTION public.gone_with_its_extension() TO clinic_app;
GRANT CONNECT ON DATABASE clinic TO clinic_app;
ALTER DEFAULT PRIVILEGES FOR ROLE clinic_deploy IN SCHEMA public GRANT SELECT ON TABLES TO clinic_app;
`

it('an import has the owners, rights and policies of its dump, and loads', async () => {
  await withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, 'backup.sql'), DUMP_WITH_ROLES)
    await writeFile(join(folder, 'policy.yaml'), toExamplePolicy({ 'public.visit': { whole: 'test' } }))
    const snapshot = await importDump({
      dump: join(folder, 'backup.sql'),
      policy: join(folder, 'policy.yaml'),
      key: EXAMPLE_KEY,
      folder: join(folder, 'imported'),
      postgres: 'embedded',
      canaries: [],
      progress: silentProgress,
    })
    expect(snapshot.manifest.roles).toBeUndefined()
    expect(snapshot.manifest.leakProof?.checks.map(({ name }) => name)).toContain('loads')
    const post = await readFile(join(snapshot.folder, 'schema/post-data.sql'), 'utf8')
    expect(post.slice(post.indexOf('ALTER TABLE public.visit OWNER'))).toBe(
      `ALTER TABLE public.visit OWNER TO clinic_deploy;

GRANT SELECT ON TABLE public.visit TO clinic_app;

ALTER DEFAULT PRIVILEGES FOR ROLE clinic_deploy IN SCHEMA public GRANT SELECT ON TABLES TO clinic_app;
`,
    )
    expect(post).toContain('TO authenticated USING')
  })
})
