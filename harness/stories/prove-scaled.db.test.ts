import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import healthy from '../../scenarios/broken/healthy/scenario.ts'
import tcc from '../../scenarios/tcc-catch-up/scenario.ts'
import { writeSnapshot } from '../capture/write-snapshot.ts'
import type { Scenario } from '../model/scenario.ts'
import { type OpenServer, openDatabases } from '../postgres/databases.ts'
import { toExampleSource } from '../testing/example-source.ts'
import { query } from '../testing/with-test-database.ts'
import { openCheckpoints } from './checkpoints.ts'
import { proveInProcess } from './prove-in-process.ts'
import { replayScenario } from './replay-scenario.ts'
import '../vitest/provided.ts'

const projectRoot = process.cwd()
let server: OpenServer
let folder: string
let steps: string[] = []

beforeAll(async () => {
  server = await openDatabases(inject('postgresAddress'))
  folder = await mkdtemp(join(tmpdir(), 'phaseproof scaled '))
})

afterAll(async () => {
  for (const { name } of await ownDatabases()) await server.dropDatabase(name)
  await server.close()
  await rm(folder, { recursive: true })
})

async function ownDatabases() {
  return (await server.listDatabases()).filter(({ mark }) => mark.includes(`scaled_${process.pid}`))
}

function toPlace() {
  steps = []
  const progress = { step: (text: string) => void steps.push(text), count() {} }
  return {
    server,
    projectRoot,
    reportsFolder: join(folder, 'reports'),
    cacheFolder: join(folder, 'cache'),
    progress,
  }
}

function toRequest(scenario: Scenario, scale?: string) {
  const {
    server: _server,
    earlierServers: _earlier,
    contract: _contract,
    alternatives: _all,
    ...database
  } = scenario
  const name = `scaled-${process.pid}-${scenario.name.slice(0, 4)}`
  const request = { upTo: scenario.phases.length, fresh: false, strict: false, keep: 'nothing' as const }
  return {
    ...request,
    experiments: ['cost' as const],
    scenario: { ...database, name },
    ...(scale !== undefined && { scale }),
  }
}

/** The first phase of the shop, with a migration of our own in its place. */
async function toShop(sql: string): Promise<Scenario> {
  const migrations = await mkdtemp(join(folder, 'migrations-'))
  const from = join(projectRoot, healthy.migrations)
  for (const name of ['20250901090000_customers', '20250915090000_orders']) {
    await cp(join(from, name), join(migrations, name), { recursive: true })
  }
  await mkdir(join(migrations, '20260112090000_numbers'))
  await writeFile(join(migrations, '20260112090000_numbers', 'migration.sql'), sql)
  const [first] = healthy.phases
  if (!first) throw new Error('the shop has a phase')
  const phase = {
    ...first,
    migrations: ['20260112090000_numbers'],
    changes: ['*'],
    expect: first.expect.slice(3, 4),
  }
  // The shop's schema file is what its own two phases lead to.
  const { target: _target, ...shop } = healthy
  return { ...shop, migrations: relative(projectRoot, migrations), phases: [phase] }
}

describe('phases on multiplied rows', () => {
  it('hold for the whole plan, and the proof says what it is about', async () => {
    const proof = await proveInProcess(toRequest(tcc, 'x10'), toPlace())
    expect(proof.phases.map(({ outcome }) => outcome)).toEqual(Array(9).fill('passed'))
    expect(proof.verdict).toBe('proven')
    expect(proof.about.scaled).toMatchObject({ 'public.trips': 25_000, 'public.units': 9000 })
    expect(proof.limits.join('\n')).toMatch(/multiplied by invented copies \(.*public\.trips 2,500 to 25,000/)
    expect(steps).toContain('public.trips: 2,500 rows multiplied to 25,000')
  })

  it('are never taken for those on the snapshot as it is, nor for those on other numbers of rows', async () => {
    const rows: unknown[] = []
    const keys = new Set<string | undefined>()
    for (const scale of [undefined, 'orders=500', 'orders=600', undefined]) {
      const run = await replayScenario(toRequest(healthy, scale), toPlace())
      expect(steps[0]).not.toContain('reused')
      rows.push(run.phases[0]?.before.rowCounts['public.orders'])
      keys.add(run.phases[0]?.before.key)
      await replayScenario(toRequest(healthy, scale), toPlace())
      expect(steps[0]).toMatch(
        scale === undefined ? /shop: checkpoint reused/ : /shop, multiplied: checkpoint reused/,
      )
    }
    expect(keys.size).toBe(3)
    expect(rows).toEqual([400, 500, 600, 400])
  })

  it('disprove a migration that runs out of numbers at production size only', async () => {
    const scenario = await toShop('ALTER TABLE "orders" ADD COLUMN "number" SMALLSERIAL;')
    const plain = await proveInProcess(toRequest(scenario), toPlace())
    expect(plain.phases.flatMap((phase) => (phase.outcome === 'failed' ? phase.findings : []))).toEqual([])
    expect(plain.verdict).toBe('proven')
    const proof = await proveInProcess(toRequest(scenario, 'orders=40000'), toPlace())
    expect(proof.verdict).toBe('disproven')
    expect(proof.phases).toMatchObject([
      { outcome: 'failed', findings: [{ kind: 'migration-failed', failure: { sqlstate: '2200H' } }] },
    ])
  })

  it('give a migration that rewrites a table as much to write as production does', async () => {
    const scenario = await toShop('ALTER TABLE "orders" ALTER COLUMN "totalCents" TYPE BIGINT;')
    const pages: number[] = []
    for (const scale of [undefined, 'orders=x100']) {
      const request = toRequest(scenario, scale)
      const place = toPlace()
      const run = await replayScenario(request, place)
      const after = run.phases[0]?.after.database ?? null
      const checkpoints = openCheckpoints(server, request.scenario.name, place.cacheFolder)
      const [found] = await checkpoints.withScratch(after, (url) =>
        query<{ pages: number }>(url, `SELECT (pg_relation_size('orders') / 8192)::int AS pages`),
      )
      pages.push(found?.pages ?? 0)
    }
    expect(pages[1]).toBeGreaterThan(50 * (pages[0] ?? 0))
  })

  it('are not begun where a table cannot be multiplied, and nothing of it is left', async () => {
    const source = toExampleSource()
    const snapshot = join(folder, 'snapshot')
    await writeSnapshot(snapshot, {
      ...source,
      postData: `${source.postData}CREATE UNIQUE INDEX one_north ON public."Ward" ((name = 'North'));`,
    })
    const scenario = { ...(await toShop('SELECT 1;')), snapshot: relative(projectRoot, snapshot) }
    const before = await ownDatabases()
    await expect(proveInProcess(toRequest(scenario, 'Ward=90'), toPlace())).rejects.toMatchObject({
      code: 'scale-refused',
      message: expect.stringContaining('one_north'),
    })
    expect(await ownDatabases()).toEqual(before)
  })

  it.for([
    ['a table that is not there', 'wards', 'there is no table "wards"'],
    ['all tables, where nothing of production is recorded', '', 'records that production had more rows'],
  ] as const)('are refused for %s', async ([, scale, reason]) => {
    await expect(proveInProcess(toRequest(tcc, scale), toPlace())).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(reason),
    })
    await expect(
      proveInProcess(toRequest({ ...tcc, snapshot: null }, scale), toPlace()),
    ).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('empty database'),
    })
  })
})
