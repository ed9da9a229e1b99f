import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { exists, toIncoming } from '../ground/swap-in.ts'
import { type RunningPostgres, silentProgress } from '../model/ports.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import { EXAMPLE_KEY, toExamplePolicy } from '../testing/capture-example.ts'
import { withTemporaryFolder } from '../testing/example-source.ts'
import { makeTemporaryCacheFolder } from '../testing/temporary-cache-folder.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'
import { type CaptureRequest, capture } from './capture.ts'
import { verifySnapshot } from './verify-snapshot.ts'

const keep = (type: string) => ({ type, rule: 'keep', because: 'test' })
const range = (rule: object) => ({ type: 'tsrange', ...rule })
const POLICY = toExamplePolicy({
  'public.bed': {
    columns: {
      id: keep('integer'),
      note: { type: 'text', rule: 'free-text' },
      code: { type: 'text', rule: 'surrogate', class: 'bed' },
      used: range({ rule: 'year' }),
    },
  },
})
/** 300 rows whose masked values satisfy everything that is asked of them at first. */
const SOURCE = `
  CREATE TABLE bed (id integer PRIMARY KEY, note text, code text UNIQUE, used tsrange);
  INSERT INTO bed SELECT i, 'ok', lpad(i::text, 3, '0') || '-bedside', tsrange('2024-01-01'::timestamp + i * interval '2 days', '2024-01-02'::timestamp + i * interval '2 days', '[]')
    FROM generate_series(1, 300) i;`

async function withSource(
  change: string,
  body: (request: CaptureRequest, url: string) => Promise<void>,
): Promise<void> {
  await withTestDatabase(inject('postgresUrl'), async (url) => {
    await query(url, SOURCE)
    await query(url, change)
    await withTemporaryFolder(async (parent) => {
      await writeFile(join(parent, 'policy.yaml'), POLICY)
      const request: CaptureRequest = {
        url,
        policy: join(parent, 'policy.yaml'),
        folder: join(parent, 'example'),
        key: EXAMPLE_KEY,
        progress: silentProgress,
        takenAt: '2026-01-06T06:00:00Z',
        allowWriter: 'phaseproof',
        schemaFrom: 'catalog',
      }
      await body(request, url)
    })
  })
}

const { folder: cacheFolder, remove } = makeTemporaryCacheFolder()
let loadServer: RunningPostgres
beforeAll(async () => {
  loadServer = await startPostgres('embedded', { cacheFolder, progress: silentProgress })
})
afterEach(async () => expect(await loadServer.listDatabases()).toEqual([]))
afterAll(async () => {
  await loadServer?.stop()
  remove()
})

describe('a row beyond the first hundred whose masked value does not satisfy the schema', () => {
  const cases: readonly [claim: string, change: string, found: string][] = [
    [
      'a CHECK',
      `UPDATE bed SET note = 'in ward 7' WHERE id = 150;
       ALTER TABLE bed ADD CONSTRAINT "short or ward" CHECK (length(note) < 5 OR note LIKE '%ward%')`,
      'a row violates a check constraint, constraint "short or ward", table "bed", line 150',
    ],
    [
      'a unique index over a part of the value',
      'CREATE UNIQUE INDEX bed_room ON bed (left(code, 3))',
      'a unique key occurs more than once, constraint "bed_room", table "bed", line',
    ],
    [
      'an exclusion of what overlaps',
      'ALTER TABLE bed ADD CONSTRAINT one_at_a_time EXCLUDE USING gist (used WITH &&)',
      'rows violate an exclusion constraint, constraint "one_at_a_time", table "bed"',
    ],
  ]
  it.each(cases)('%s: is found before the snapshot takes its place', async (_claim, change, found) => {
    await withSource(change, async (request, url) => {
      const error = await capture({ ...request, loadServer }).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'snapshot-refused' })
      expect((error as Error).message).toContain(`loads: ${found.split(', line')[0]}`)
      expect((error as Error).message).not.toMatch(/in ward|bedside|2024-/)
      for (const path of [request.folder, toIncoming(request.folder)]) expect(await exists(path)).toBe(false)

      // Without a load check it is there, and `verify` finds the same.
      await capture(request)
      const verification = await verifySnapshot({
        folder: request.folder,
        canaries: [],
        loadServer,
        progress: silentProgress,
      })
      expect(verification.passed).toBe(false)
      expect(verification.checks.at(-1)).toMatchObject({ name: 'loads', passed: false })
      expect(await query(url, 'SELECT count(*)::int FROM bed')).toEqual([{ count: 300 }])
    })
  })
})

describe('the trial', () => {
  it('is among the checks of a snapshot that passes it, and leaves no database', async () => {
    await withSource('', async (request) => {
      const { manifest } = await capture({ ...request, loadServer })
      expect(manifest.leakProof?.checks.map(({ name }) => name)).toContain('loads')
      const folder = request.folder
      const verification = await verifySnapshot({
        folder,
        canaries: [],
        loadServer,
        progress: silentProgress,
      })
      expect(verification.passed).toBe(true)
    })
  })

  it('that cannot be held is told and no reason to refuse', async () => {
    await withSource('', async (request) => {
      const told: string[] = []
      const progress = { step: (text: string) => void told.push(text), count() {} }
      const old = { ...loadServer, version: { text: '9.6', major: 9 }, description: 'embedded 9.6' }
      const { manifest } = await capture({ ...request, loadServer: old, progress })
      expect(manifest.leakProof?.checks.map(({ name }) => name)).not.toContain('loads')
      expect(told.join('\n')).toMatch(/could not be tried: the snapshot is of PostgreSQL \d+, and the server/)
      const verified = verifySnapshot({ folder: request.folder, canaries: [], loadServer: old, progress })
      await expect(verified).rejects.toMatchObject({ code: 'postgres-unavailable' })
    })
  })

  it('ends at once when the capture is asked to, and leaves nothing', async () => {
    await withSource('', async (request) => {
      const stop = new AbortController()
      const progress = {
        step: (text: string) => {
          if (text.includes('constraints, indexes')) stop.abort()
        },
        count() {},
      }
      await expect(capture({ ...request, loadServer, progress, signal: stop.signal })).rejects.toMatchObject({
        code: 'capture-failed',
        message: expect.stringContaining('it was stopped'),
      })
      expect(await exists(request.folder)).toBe(false)
    })
  })
})
