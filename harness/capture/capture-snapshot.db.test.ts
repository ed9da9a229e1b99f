import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { exists, toIncoming } from '../ground/swap-in.ts'
import { HarnessError } from '../model/error.ts'
import { type Progress, silentProgress } from '../model/ports.ts'
import { withPostgres } from '../postgres/start-postgres.ts'
import { loadSnapshot } from '../snapshot/load-snapshot.ts'
import { readSnapshot } from '../snapshot/read-snapshot.ts'
import { captureExample, toExamplePolicy } from '../testing/capture-example.ts'
import { withTemporaryFolder } from '../testing/example-source.ts'
import { makeTemporaryCacheFolder } from '../testing/temporary-cache-folder.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'
import { toMaskKey } from './mask/mask-key.ts'

const SCHEMA = `
  CREATE DOMAIN mrn AS text CHECK (VALUE ~ '^MRN-[0-9]{6}$');
  CREATE TABLE patient (id serial PRIMARY KEY, mrn mrn NOT NULL UNIQUE, name varchar(40) NOT NULL, email text, born date,
    tags text[], doc jsonb, CHECK (length(name) > 1));
  CREATE UNIQUE INDEX patient_email ON patient (lower(email));
  CREATE TABLE run (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), patient integer NOT NULL REFERENCES patient,
    mrn text, began timestamptz NOT NULL, ended timestamptz, note text);
  CREATE TABLE account (id integer PRIMARY KEY, cents bigint NOT NULL);
  CREATE TABLE vault (id integer PRIMARY KEY, cents bigint NOT NULL);`
const ROWS = `
  INSERT INTO patient (mrn, name, email, born, tags, doc)
    SELECT 'MRN-' || lpad(i::text, 6, '0'), 'Jane Q' || i, 'Jane' || i || '@Mail.example', date '1920-01-01' + i * 40,
           ARRAY['Janet ' || i, NULL], jsonb_build_object('phone', '212-867-' || lpad(i::text, 4, '0'), 'days', jsonb_build_array(i, NULL))
      FROM generate_series(1, 400) i;
  INSERT INTO run (patient, mrn, began, ended, note)
    SELECT p.id, p.mrn, t, t + interval '95 minutes', E'Jane\\tsaid \\\\ "ow"\\n' || p.id
      FROM patient p, LATERAL (SELECT timestamptz '2024-02-28 23:30:00+00' + p.id * interval '31 hours' AS t) m;
  INSERT INTO account SELECT i, 1000 FROM generate_series(1, 300) i;
  INSERT INTO vault SELECT i, 0 FROM generate_series(1, 300) i;`

const keep = { rule: 'keep', because: 'test' }
const subject = { kind: 'patient', column: 'id' }
const mrn = { rule: 'surrogate', class: 'mrn', prefix: 'MRN-' }
const number = { rule: 'surrogate', class: 'patient' }
const TABLES = {
  'public.patient': {
    subject,
    columns: {
      id: { type: 'integer', ...number },
      mrn: { type: 'public.mrn', ...mrn },
      name: { type: 'character varying(40)', rule: 'name' },
      email: { type: 'text', rule: 'email' },
      born: { type: 'date', rule: 'year', birth: true },
      tags: { type: 'text[]', rule: 'name', part: 'first' },
      doc: { type: 'jsonb', rule: 'json', paths: { '$.phone': { rule: 'phone' }, '$.days[]': keep } },
    },
  },
  'public.run': {
    subject: { kind: 'patient', via: [{ column: 'patient', table: 'public.patient' }], column: 'id' },
    columns: {
      id: { type: 'uuid', rule: 'surrogate', class: 'run' },
      patient: { type: 'integer', ...number },
      mrn: { type: 'text', ...mrn },
      began: { type: 'timestamp with time zone', rule: 'date-shift' },
      ended: { type: 'timestamp with time zone', rule: 'date-shift' },
      note: { type: 'text', rule: 'free-text' },
    },
  },
  'public.account': { columns: { id: { type: 'integer', ...keep }, cents: { type: 'bigint', ...keep } } },
  'public.vault': { columns: { id: { type: 'integer', ...keep }, cents: { type: 'bigint', ...keep } } },
}
const POLICY = toExamplePolicy(TABLES)

async function withSource<T>(
  body: (url: string, folder: string) => Promise<T>,
  server: string = inject('postgresUrl'),
): Promise<T> {
  return withTemporaryFolder((parent) =>
    withTestDatabase(server, async (url) => {
      await query(url, SCHEMA)
      await query(url, ROWS)
      return body(url, join(parent, 'example'))
    }),
  )
}

/** A source on a server where nothing else happens: a capture is gone on with only while no transaction came in between. */
async function withQuietSource(body: (url: string, folder: string) => Promise<void>): Promise<void> {
  const { folder: cacheFolder, remove } = makeTemporaryCacheFolder()
  try {
    await withPostgres('embedded', { cacheFolder, progress: silentProgress }, (server) =>
      withSource(body, server.address.url),
    )
  } finally {
    remove()
  }
}

async function readAll(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), 'utf8'))
  return (await Promise.all(texts)).join('\n')
}

describe('a captured snapshot', () => {
  it('loads with all constraints, joins as its source does, and holds none of its names, addresses and notes', async () => {
    await withSource(async (url, folder) => {
      await captureExample(url, folder, POLICY)
      const snapshot = await readSnapshot(folder)
      expect((await readAll(folder)).match(/jane|mail\.example|-867-|said/gi)).toBe(null)
      await withTestDatabase(inject('postgresUrl'), async (copy) => {
        await loadSnapshot(snapshot, copy, { progress: silentProgress })
        const joined = `SELECT count(*)::int AS runs, count(DISTINCT p.email)::int AS emails, count(DISTINCT r.mrn)::int AS mrns
          FROM run r JOIN patient p ON p.id = r.patient AND p.mrn = r.mrn`
        expect(await query(copy, joined)).toEqual([{ runs: 400, emails: 400, mrns: 400 }])
        const intervals = `SELECT DISTINCT ended - began = interval '95 minutes' AS kept FROM run`
        expect(await query(copy, intervals)).toEqual([{ kept: true }])
        expect(
          await query(
            copy,
            `SELECT min(born)::text AS born, count(DISTINCT tags)::int > 40 AS varied FROM patient`,
          ),
        ).toEqual([{ born: '1936-01-01', varied: true }])
        expect(
          await query(copy, `SELECT nextval('patient_id_seq') > (SELECT max(id) FROM patient) AS past`),
        ).toEqual([{ past: true }])
      })
    })
  })

  it('says per column what was done, and no masked column is unchanged', async () => {
    await withSource(async (url, folder) => {
      const { manifest } = await captureExample(url, folder, POLICY)
      const masked = manifest.policy?.columns.filter(({ rule }) => rule !== 'keep') ?? []
      expect(masked).toHaveLength(13)
      // A permutation may leave one in a million where it is, and a few were born on a first of January.
      expect(masked.filter(({ values, changed }) => changed < values * 0.97)).toEqual([])
    })
  })

  it('is another one under another key, and the same under the same', async () => {
    await withSource(async (url, folder) => {
      const first = await captureExample(url, folder, POLICY)
      const same = await captureExample(url, `${folder}-2`, POLICY)
      const other = await captureExample(url, `${folder}-3`, POLICY, {
        key: toMaskKey('a quite different key'),
      })
      expect(same.manifest.digest).toBe(first.manifest.digest)
      expect(other.manifest.digest).not.toBe(first.manifest.digest)
    })
  })

  it('shows one moment: the sum stays while money moves between its tables', async () => {
    await withSource(async (url, folder) => {
      const stop = new AbortController()
      const moving = moveMoney(url, stop.signal)
      try {
        await expect
          .poll(() => query(url, 'SELECT max(cents) > 0 AS begun FROM vault'))
          .toEqual([{ begun: true }])
        for (let round = 0; round < 3; round += 1) {
          await captureExample(url, folder, POLICY, { jobs: 2 })
          const tables = await Promise.all(
            ['account', 'vault'].map((name) => readFile(join(folder, `data/public.${name}.copy`), 'utf8')),
          )
          const cents = tables
            .join('')
            .trim()
            .split('\n')
            .map((line) => Number(line.split('\t')[1]))
          expect(cents.reduce((sum, one) => sum + one, 0)).toBe(300_000)
          expect(cents.slice(300).some((one) => one > 0)).toBe(true)
        }
      } finally {
        stop.abort()
        expect(await moving).toBeGreaterThan(10)
      }
    })
  })
})

async function moveMoney(url: string, signal: AbortSignal): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let moves = 0
  for (; !signal.aborted; moves += 1) {
    const id = 1 + (moves % 300)
    await client.query(
      `BEGIN; UPDATE account SET cents = cents - 7 WHERE id = ${id}; UPDATE vault SET cents = cents + 7 WHERE id = ${301 - id}; COMMIT`,
    )
  }
  await client.end()
  return moves
}

describe('an interrupted capture', () => {
  it('is gone on with, gives the same digest, and leaves the old snapshot alone until then', async () => {
    await withQuietSource(async (url, folder) => {
      const old = await captureExample(url, folder, POLICY)
      await query(url, 'UPDATE account SET cents = cents + 1 WHERE id = 1')
      const whole = await captureExample(url, `${folder}-whole`, POLICY)
      for (const afterSteps of [1, 2, 3]) {
        const stop = new AbortController()
        const error = await captureExample(url, folder, POLICY, {
          jobs: 1,
          signal: stop.signal,
          prove: async () => {
            throw new Error('reached the end')
          },
          progress: stopAfter(stop, join(toIncoming(folder), '.progress.json'), afterSteps),
        }).catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(Error)
        expect((await readSnapshot(folder)).manifest.digest).toBe(old.manifest.digest)
      }
      const told: string[] = []
      const progress: Progress = { step: (text) => void told.push(text), count: () => {} }
      const resumed = await captureExample(url, folder, POLICY, { progress })
      expect(told).toContainEqual(expect.stringMatching(/^\d tables are finished from before$/))
      expect(resumed.manifest).toEqual(whole.manifest)
      expect(await exists(toIncoming(folder))).toBe(false)
    })
  })

  it('is begun anew when the source, the policy or the code has changed, or a finished file was touched', async () => {
    await withQuietSource(async (url, folder) => {
      const fail = async () => Promise.reject(new Error('stopped before its place was taken'))
      const half = () => captureExample(url, folder, POLICY, { prove: fail }).catch(() => {})
      const steps = async (policy: string, code = '') => {
        const told: string[] = []
        await captureExample(url, folder, policy, {
          code,
          prove: fail,
          progress: { step: (text) => void told.push(text), count: () => {} },
        }).catch(() => {})
        return told.filter((text) => text.includes('from before'))
      }
      await half()
      expect(await steps(POLICY)).toEqual(['4 tables are finished from before'])
      await writeFile(join(toIncoming(folder), 'data/public.run.copy'), 'x')
      expect(await steps(POLICY)).toEqual(['3 tables are finished from before'])
      expect(await steps(`${POLICY}\n`)).toEqual([])
      await half()
      expect(await steps(POLICY, 'of other code')).toEqual([])
      await half()
      await query(url, 'UPDATE vault SET cents = 1 WHERE id = 1')
      expect(await steps(POLICY)).toEqual([])
    })
  })
})

/** Aborts once so many of its own polls have seen the record of finished tables, or at once when there is nothing to wait for. */
function stopAfter(stop: AbortController, record: string, polls: number): Progress {
  let seen = 0
  const timer = setInterval(async () => {
    if (await exists(record)) seen += 1
    if (seen < polls) return
    clearInterval(timer)
    stop.abort()
  }, 1)
  setTimeout(() => clearInterval(timer), 5000).unref()
  return silentProgress
}

describe('two captures into one folder', () => {
  it('never put a snapshot there that both have written', async () => {
    await withQuietSource(async (url, folder) => {
      const old = await captureExample(url, folder, POLICY)
      for (const change of ['', 'UPDATE account SET cents = cents + 1 WHERE id = 1']) {
        let second: unknown
        const first = captureExample(url, folder, POLICY, {
          prove: async () => {
            await query(url, change || 'SELECT 1')
            const fail = async () => Promise.reject(new Error('the second is stopped on its way'))
            second = await captureExample(url, folder, POLICY, { prove: fail }).catch(
              (error: unknown) => error,
            )
            return { passed: true, digest: '', policy: '', checks: [] }
          },
        })
        await expect(first).rejects.toMatchObject({
          code: 'capture-failed',
          message: expect.stringContaining('another capture has begun to write to'),
        })
        expect(second).toMatchObject({ message: 'the second is stopped on its way' })
        expect((await readSnapshot(folder)).manifest).toEqual(old.manifest)
      }
      await captureExample(url, folder, POLICY)
      expect((await readSnapshot(folder)).manifest.digest).not.toBe(old.manifest.digest)
    })
  })
})

describe('a capture refuses', () => {
  const refused = async (url: string, folder: string, policy: string, changes = {}) => {
    const error = await captureExample(url, folder, policy, changes).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(HarnessError)
    expect(await exists(folder)).toBe(false)
    const everything = JSON.stringify([
      error,
      (error as Error).message,
      (error as Error).stack,
      String((error as Error).cause),
    ])
    expect(everything).not.toMatch(/jane|mail\.example|867/i)
    return error as HarnessError
  }

  it('what the policy does not know, all at once and before anything is written', async () => {
    await withSource(async (url, folder) => {
      await query(
        url,
        `CREATE TABLE newcomer (id int); ALTER TABLE patient RENAME COLUMN email TO mail; ALTER TABLE run ADD COLUMN extra text;
        ALTER TABLE account ALTER COLUMN cents TYPE numeric`,
      )
      const error = await refused(url, folder, POLICY)
      expect(error).toMatchObject({
        code: 'policy-invalid',
        context: {
          faults: [
            'public.newcomer: a table that the policy does not classify',
            'public.account.cents: is numeric now, the policy was written for bigint',
            'public.patient.mail: a column (text) that the policy does not classify; renamed from email?',
            'public.patient.email: the policy has it, the table has no such column',
            'public.run.extra: a column (text) that the policy does not classify',
          ],
        },
      })
      expect(await exists(toIncoming(folder))).toBe(false)
    })
  })

  it('one unlisted key of one document, and a key that may be data is not shown', async () => {
    await withSource(async (url, folder) => {
      await query(url, `UPDATE patient SET doc = doc || '{"secret": "Jane", "Jane Doe!": 1}' WHERE id = 399`)
      expect(await refused(url, folder, POLICY)).toMatchObject({
        context: {
          faults: [
            'public.patient.doc $.secret: a path that the policy does not list (once)',
            'public.patient.doc $.<a key of 9 characters>: a path that the policy does not list (once)',
          ],
        },
      })
      expect(await exists(toIncoming(folder))).toBe(false)
    })
  })

  it('masked values that a check or a domain would not take', async () => {
    await withSource(async (url, folder) => {
      await query(
        url,
        `ALTER TABLE patient ADD CONSTRAINT "mail of ours" CHECK (lower(email) LIKE '%@mail.example')`,
      )
      const patient = TABLES['public.patient']
      const wrong = {
        ...patient,
        columns: { ...patient.columns, mrn: { type: 'public.mrn', rule: 'surrogate', class: 'mrn' } },
      }
      const run = {
        ...TABLES['public.run'],
        columns: { ...TABLES['public.run'].columns, mrn: { type: 'text', rule: 'surrogate', class: 'mrn' } },
      }
      const faults = (error: HarnessError) => (error.context as { faults: string[] }).faults
      expect(faults(await refused(url, folder, POLICY))).toEqual([
        'public.patient: the check mail of ours refuses 100 of the first 100 masked rows',
      ])
      expect(
        faults(
          await refused(
            url,
            folder,
            toExamplePolicy({ ...TABLES, 'public.patient': wrong, 'public.run': run }),
          ),
        ),
      ).toEqual(['public.patient: a masked value is not of its type or domain (mrn_check), SQLSTATE 23514'])
    })
  })

  it('a role that can write, and takes one that can only read', async () => {
    await withSource(async (url, folder) => {
      const role = `phaseproof_role_test_reader_${Date.now()}`
      await query(url, `CREATE ROLE ${role} LOGIN PASSWORD 'r'; GRANT pg_read_all_data TO ${role}`)
      const reader = new URL(url)
      reader.username = role
      reader.password = 'r'
      try {
        expect((await refused(url, folder, POLICY, { allowWriter: 'somebody' })).message).toMatch(/superuser/)
        const grants = [
          ['INSERT ON vault', 1],
          ['UPDATE (cents) ON vault', 1],
          ['DELETE ON everybody', 1],
          ['noinherit_owner', 2],
        ] as const
        await query(
          url,
          `CREATE VIEW everybody AS SELECT id FROM account; ALTER ROLE ${role} NOINHERIT; CREATE ROLE ${role}_owner;
           ALTER TABLE account OWNER TO ${role}_owner; GRANT UPDATE ON vault TO ${role}_owner`,
        )
        for (const [grant, tables] of grants) {
          const right = grant.replace('noinherit', role)
          await query(url, `GRANT ${right} TO ${role}`)
          expect((await refused(reader.href, folder, POLICY)).message).toContain(
            `may write to ${tables} tables or views`,
          )
          await query(url, `REVOKE ${right} FROM ${role}`)
        }
        await query(url, `ALTER ROLE ${role} INHERIT`)
        await captureExample(reader.href, folder, POLICY)
        expect((await readSnapshot(folder)).manifest.tables).toHaveLength(4)
      } finally {
        await query(
          url,
          `ALTER TABLE account OWNER TO CURRENT_USER; DROP OWNED BY ${role}; DROP ROLE ${role}`,
        )
        await query(url, `DROP OWNED BY ${role}_owner; DROP ROLE ${role}_owner`)
      }
    })
  })

  it('to let a table be emptied before it is read, as that would show in the moment that is captured', async () => {
    await withSource(async (url, folder) => {
      const tried: unknown[] = []
      // Asked for after the moment was fixed and before any row is read.
      const openClientImage = async () => {
        const truncated = query(url, 'SET lock_timeout = 100; TRUNCATE vault')
        tried.push(
          await truncated.then(
            () => 'emptied',
            (error: { code: string }) => error.code,
          ),
        )
        return 'none'
      }
      const changes = { openClientImage, clientFolders: [], schemaFrom: 'auto' } as const
      const { manifest } = await captureExample(url, folder, POLICY, changes)
      expect(tried).toEqual(['55P03'])
      expect(manifest.tables.map(({ rows }) => rows)).toEqual([300, 400, 400, 300])
      // A table that is left empty is not read: nobody has to wait for it.
      const tables = { ...TABLES, 'public.vault': { empty: true } }
      await captureExample(url, folder, toExamplePolicy(tables), changes)
      expect(tried).toEqual(['55P03', 'emptied'])
    })
  })

  it('to wait for a lock longer than it may, and names the table', async () => {
    await withSource(async (url, folder) => {
      const holder = new pg.Client({ connectionString: url })
      await holder.connect()
      try {
        await holder.query('BEGIN; LOCK TABLE vault IN ACCESS EXCLUSIVE MODE')
        const error = await refused(url, folder, POLICY, { lockTimeoutMs: 100 })
        expect(error).toMatchObject({
          code: 'capture-failed',
          message: expect.stringMatching(/public\.vault: .*SQLSTATE 55P03/),
        })
      } finally {
        await holder.end()
      }
    })
  })

  it('to leave anything behind when the proof fails', async () => {
    await withSource(async (url, folder) => {
      const check = {
        name: 'raw values',
        passed: false,
        method: 'by looking',
        found: ['public.run.note: 3 rows'],
      }
      const prove = async () => ({ passed: false, digest: '', policy: '', checks: [check] })
      const error = await refused(url, folder, POLICY, { prove })
      expect(error.message).toContain('raw values: public.run.note: 3 rows')
      expect(await exists(toIncoming(folder))).toBe(false)
    })
  })

  it('a time that is none, before anything is read', async () => {
    await withTemporaryFolder(async (parent) => {
      for (const takenAt of ['yesterday', '2026-01-06', '2026-01-06T06:00:00']) {
        const error = await refused('postgres://127.0.0.1:1/none', join(parent, 'x'), POLICY, { takenAt })
        expect(error).toMatchObject({ code: 'usage', remedy: expect.stringContaining('--taken-at') })
      }
    })
  })

  it('reasons that have expired, whatever time is named', async () => {
    await withSource(async (url, folder) => {
      const error = await refused(url, folder, POLICY.replace('2099-12-31', '2026-01-31'))
      expect(error).toMatchObject({
        code: 'policy-invalid',
        message: expect.stringContaining('expired on 2026-01-31'),
      })
    })
  })

  it('a server that does not answer, without the password', async () => {
    await withTemporaryFolder(async (parent) => {
      const nowhere = 'postgres://nobody:867@127.0.0.1:1/none'
      expect(await refused(nowhere, join(parent, 'x'), POLICY)).toMatchObject({ code: 'capture-failed' })
    })
  })
})
