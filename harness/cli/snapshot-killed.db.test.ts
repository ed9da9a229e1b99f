import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { exists, toIncoming } from '../ground/swap-in.ts'
import { silentProgress } from '../model/ports.ts'
import { withPostgres } from '../postgres/start-postgres.ts'
import { readSnapshot } from '../snapshot/read-snapshot.ts'
import { toExamplePolicy } from '../testing/capture-example.ts'
import { withTemporaryFolder } from '../testing/example-source.ts'
import { type Ended, runPhaseproof } from '../testing/run-phaseproof.ts'
import { makeTemporaryCacheFolder } from '../testing/temporary-cache-folder.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'

const TABLES = ['a', 'b', 'c', 'd', 'e', 'f']
const ROWS = 4_000
const SCHEMA = TABLES.map(
  (name) => `CREATE TABLE ${name} (id integer PRIMARY KEY, cents integer NOT NULL, who text, note text);
    INSERT INTO ${name} SELECT i, 10, 'Zebulon Quartermaine ' || i, 'Zebulon said at ${name}: ' || repeat(md5(i::text), 4)
      FROM generate_series(1, ${ROWS}) i;`,
).join('\n')
const keep = { type: 'integer', rule: 'keep', because: 'test' }
const columns = {
  id: keep,
  cents: keep,
  who: { type: 'text', rule: 'name', part: 'full' },
  note: { type: 'text', rule: 'free-text' },
}
const POLICY = toExamplePolicy(Object.fromEntries(TABLES.map((name) => [`public.${name}`, { columns }])))

interface Place {
  readonly url: string
  readonly parent: string
  /** Runs `snapshot capture` into a folder of that name. */
  capture(name: string, during?: Parameters<typeof runPhaseproof>[1]): Promise<Ended>
  digestOf(name: string): Promise<string>
}

/** A source on a server where nothing else happens: a capture is gone on with only while no transaction came in between. */
async function withPlace(body: (place: Place) => Promise<void>): Promise<void> {
  const { folder: cacheFolder, remove } = makeTemporaryCacheFolder()
  try {
    await withPostgres('embedded', { cacheFolder, progress: silentProgress }, (server) =>
      withTemporaryFolder((parent) =>
        withTestDatabase(server.address.url, async (url) => {
          await query(url, SCHEMA)
          await query(url, 'ANALYZE')
          await writeFile(join(parent, 'policy.yaml'), POLICY)
          await body({
            url,
            parent,
            capture: (name, during) => capture(url, parent, name, during),
            digestOf: async (name) => (await readSnapshot(join(parent, name))).manifest.digest,
          })
        }),
      ),
    )
  } finally {
    remove()
  }
}

function capture(url: string, parent: string, name: string, during?: Parameters<typeof runPhaseproof>[1]) {
  const where = ['--policy', join(parent, 'policy.yaml'), '--out', join(parent, name)]
  const how = [
    '--allow-writer',
    'phaseproof',
    '--schema-from',
    'catalog',
    '--no-load',
    '--taken-at',
    '2026-01-06T06:00:00Z',
  ]
  const secrets = { PHASEPROOF_SOURCE_URL: url, PHASEPROOF_MASK_KEY: 'a key that only the tests use' }
  return runPhaseproof(['snapshot', 'capture', ...where, ...how], during, secrets)
}

const finished = ({ stderr }: Ended) =>
  Number(stderr.match(/(\d+) tables are finished from before/)?.[1] ?? 0)

// Nine runs of the command line, each a process of its own.
describe('a killed capture', { timeout: 240_000 }, () => {
  it('leaves the old snapshot whole until the new one takes its place, and goes on to the same digest', async () => {
    const seed = Number(process.env.PHASEPROOF_TEST_SEED ?? Date.now() % 1_000_000)
    console.log(`killed at moments of PHASEPROOF_TEST_SEED=${seed}`)
    const random = toRandom(seed)
    await withPlace(async ({ url, parent, capture, digestOf }) => {
      expect((await capture('example')).code).toBe(0)
      const old = await digestOf('example')
      await query(url, 'UPDATE c SET cents = 11 WHERE id = 1')
      expect((await capture('undisturbed')).code).toBe(0)
      const undisturbed = await digestOf('undisturbed')
      expect(undisturbed).not.toBe(old)

      const record = join(toIncoming(join(parent, 'example')), '.progress.json')
      for (let round = 0; round < 5; round += 1) {
        const { code } = await capture('example', async ({ stderr, kill }) => {
          while (!stderr().includes('PostgreSQL')) await sleep(5)
          // Of the first three rounds each kills when some tables are done, wherever the others hit.
          if (round < 3) while (!(await exists(record))) await sleep(2)
          await sleep(random() * (round < 3 ? 30 : 400))
          kill('SIGKILL')
        })
        // A kill that came too late for the capture is none.
        if (code !== null) expect([code, await digestOf('example')]).toEqual([0, undisturbed])
        else expect([old, undisturbed]).toContain(await digestOf('example'))
      }
      const last = await capture('example')
      expect(last.code).toBe(0)
      expect(finished(last)).toBeGreaterThan(0)
      expect(await digestOf('example')).toBe(undisturbed)
      const manifests = await Promise.all(
        ['example', 'undisturbed'].map(async (name) => {
          const { name: _, seal: __, ...manifest } = (await readSnapshot(join(parent, name))).manifest
          return manifest
        }),
      )
      expect(manifests[0]).toEqual(manifests[1])
      expect(await exists(toIncoming(join(parent, 'example')))).toBe(false)
    })
  })

  it('is begun anew when the source has moved on, and shows one moment', async () => {
    await withPlace(async ({ url, parent, capture }) => {
      const stop = new AbortController()
      const moving = moveMoney(url, stop.signal)
      try {
        const record = join(toIncoming(join(parent, 'example')), '.progress.json')
        const killed = await capture('example', async ({ kill }) => {
          while (!(await exists(record))) await sleep(2)
          kill('SIGKILL')
        })
        expect(killed.code).toBe(null)
        const again = await capture('example')
        expect(again.code).toBe(0)
        expect(finished(again)).toBe(0)
        const { tables } = (await readSnapshot(join(parent, 'example'))).manifest
        const cents = await Promise.all(tables.map(({ file }) => sumCents(join(parent, 'example', file))))
        expect(cents.reduce((sum, one) => sum + one, 0)).toBe(10 * ROWS * TABLES.length)
      } finally {
        stop.abort()
        expect(await moving).toBeGreaterThan(100)
      }
    })
  })
})

describe('a capture that is asked to end', () => {
  it('says so, decides nothing, and leaves nothing at its place', async () => {
    await withPlace(async ({ url, parent, capture }) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        const ended = await capture('example', async ({ stderr, kill }) => {
          while (!stderr().includes('PostgreSQL')) await sleep(5)
          kill(signal)
        })
        expect(ended.code).toBe(3)
        expect(ended.stderr).toMatch(/it was stopped\.\nRun it again: it goes on/)
        expect(ended.stdout + ended.stderr).not.toMatch(/Zebulon|Quartermaine| {4}at /)
        expect(await exists(join(parent, 'example'))).toBe(false)
        const sessions = `SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'phaseproof snapshot'`
        await expect.poll(() => query(url, sessions)).toEqual([{ count: 0 }])
      }
    })
  })
})

/** Mulberry32: the same numbers for the same seed. */
function toRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

async function moveMoney(url: string, signal: AbortSignal): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let moves = 0
  for (; !signal.aborted; moves += 1) {
    const [from, to] = [TABLES[moves % 6], TABLES[(moves * 5 + 3) % 6]]
    const id = 1 + (moves % ROWS)
    await client.query(
      `BEGIN; UPDATE ${from} SET cents = cents - 1 WHERE id = ${id}; UPDATE ${to} SET cents = cents + 1 WHERE id = ${id}; COMMIT`,
    )
    await sleep(1)
  }
  await client.end()
  return moves
}

async function sumCents(path: string): Promise<number> {
  const lines = (await readFile(path, 'utf8')).trim().split('\n')
  return lines.reduce((sum, line) => sum + Number(line.split('\t')[1]), 0)
}
