import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import tcc from '../../scenarios/tcc-catch-up/scenario.ts'
import { sealManifest } from '../ground/snapshot-format/seal-manifest.ts'
import { definePhase, type Scenario } from '../model/scenario.ts'
import type { SnapshotManifest } from '../model/snapshot.ts'
import { required, table } from '../model/vocabulary.ts'
import { type OpenServer, openDatabases } from '../postgres/databases.ts'
import { proveInProcess } from './prove-in-process.ts'
import '../vitest/provided.ts'

const projectRoot = process.cwd()
const phase4 = '20260106040000_phase4_trips_complete'
let server: OpenServer
let folder: string
let scenario: Scenario
let steps: string[]
/** What was told of the history. */
let told: string[]

beforeAll(async () => {
  server = await openDatabases(inject('postgresAddress'))
  folder = await mkdtemp(join(tmpdir(), 'phaseproof prove '))
  await cp(join(projectRoot, 'migrations/tcc'), join(folder, 'migrations'), { recursive: true })
  await cp(join(projectRoot, 'snapshots/tcc-production'), join(folder, 'snapshot'), { recursive: true })
  scenario = {
    ...tcc,
    name: `tcc-copy-${process.pid}`,
    migrations: relative(projectRoot, join(folder, 'migrations')),
    snapshot: relative(projectRoot, join(folder, 'snapshot')),
    phases: tcc.phases.slice(0, 4).map((phase) => phase),
  }
  // The rest of the folder belongs to phases that are cut off here.
  const kept = new Set(scenario.phases.flatMap((phase) => [...phase.migrations, ...(phase.recorded ?? [])]))
  const recorded = tcc.phases.slice(4).flatMap((phase) => phase.recorded ?? [])
  const untrue = { '20250917170740_add_pricing_models': 'Its phase is cut off here.' }
  scenario = { ...scenario, recorded, untrue }
  const later = tcc.phases.slice(4).flatMap((phase) => phase.migrations)
  for (const name of later.filter((entry) => !kept.has(entry))) {
    await rm(join(folder, 'migrations', name), { recursive: true })
  }
  // The schema file is what all nine phases lead to, and other orders run all of them.
  const { server: _server, earlierServers: _earlier, target: _target, alternatives: _all, ...rest } = scenario
  scenario = rest
})

afterAll(async () => {
  for (const { name, mark } of await server.listDatabases()) {
    if (mark.includes(`tcc_copy_${process.pid}`)) await server.dropDatabase(name)
  }
  await server.close()
  await rm(folder, { recursive: true })
})

async function proveCopy(options: { upTo?: number; fresh?: boolean; keep?: 'nothing' | 'failed' } = {}) {
  steps = []
  told = []
  const isHistory = (text: string) => /^(history| {2}declared)/.test(text)
  const step = (text: string) => void (isHistory(text) ? told : steps).push(text)
  const progress = { step, count() {} }
  const { upTo = 4, fresh = false, keep = 'nothing' } = options
  return proveInProcess(
    { scenario, upTo, fresh, strict: false, keep, experiments: [] },
    {
      server,
      projectRoot,
      reportsFolder: join(folder, 'reports'),
      cacheFolder: join(folder, 'cache'),
      progress,
    },
  )
}

async function edit(name: string, change: (sql: string) => string): Promise<() => Promise<void>> {
  const file = join(folder, 'migrations', name, 'migration.sql')
  const original = await readFile(file, 'utf8')
  expect(change(original)).not.toBe(original)
  await writeFile(file, change(original))
  return () => writeFile(file, original)
}

/** Key of the checkpoint after phase 2, as a proof names it. */
async function keyAfterPhase2(): Promise<string> {
  const [, second] = (await proveCopy()).phases
  if (second?.outcome !== 'passed') throw new Error('phase 2 passes')
  return second.checkpoint
}

async function ownDatabases(): Promise<string[]> {
  return (await server.listDatabases())
    .filter(({ mark }) => mark.includes(`tcc_copy_${process.pid}`))
    .map(({ mark }) => mark.split(' ')[0] ?? '')
}

describe('proving a plan', () => {
  it('proves four phases and leaves only sealed checkpoints', async () => {
    const proof = await proveCopy()
    expect(proof.phases.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed', 'passed'])
    expect(proof.verdict).toBe('proven')
    expect(await ownDatabases()).toEqual(Array(5).fill('checkpoint'))
  })

  it('reuses every checkpoint when nothing changed', async () => {
    await proveCopy()
    expect(steps.every((step) => step.endsWith('checkpoint reused'))).toBe(true)
    expect(steps).toHaveLength(5)
    expect(told[0]).toBe('history: 2 executed, 3 recorded, effects absent, 21 pending')
    expect(told).toContain('  declared: phase 4 repairs it')
  })

  it('replays from the edited phase onward and finds the column that one deleted line leaves out', async () => {
    const restore = await edit(phase4, (sql) => sql.replace(/^.*"tripCost".*\n/m, ''))
    const proof = await proveCopy()
    await restore()
    const told = steps.flatMap(
      (step) => /checkpoint reused|replayed|tripCost is missing/.exec(step)?.[0] ?? [],
    )
    // What the database alone shows is told before any contract runs.
    expect(told).toEqual([...Array(4).fill('checkpoint reused'), 'replayed', 'tripCost is missing'])
    const result = proof.phases.at(-1)
    expect(proof.verdict).toBe('disproven')
    expect(result?.outcome === 'failed' && result.findings[0]).toMatchObject({
      kind: 'missing-column',
      table: 'trips',
      column: 'tripCost',
    })
  })

  it('tells file, line, SQLSTATE, statement and remains of a migration that fails, and blocks what follows', async () => {
    const restore = await edit(
      '20260106030000_phase3_healthcare_user_accounts',
      (sql) => `SELECT 1;\n\nSELECT "no" FROM "nowhere";\n${sql}`,
    )
    const proof = await proveCopy({ keep: 'failed' })
    await restore()
    const [, , third, fourth] = proof.phases
    expect(third?.outcome === 'failed' && third.findings).toMatchObject([
      {
        kind: 'migration-failed',
        failure: {
          line: 3,
          sqlstate: '42P01',
          statement: 'SELECT "no" FROM "nowhere"',
          file: expect.stringContaining('phase3_healthcare_user_accounts/migration.sql'),
        },
      },
    ])
    expect(fourth).toMatchObject({ outcome: 'not-run', blockedBy: 'phase 3 failed' })
    expect(await ownDatabases()).toContain('kept')
  })

  it('lets the kept database of a phase go once it passes', async () => {
    expect((await proveCopy()).verdict).toBe('proven')
    expect(await ownDatabases()).not.toContain('kept')
  })

  it('believes no stored evidence that was tampered with', async () => {
    const evidence = join(folder, 'cache', 'evidence')
    for (const file of await readdir(evidence)) {
      const text = await readFile(join(evidence, file), 'utf8')
      await writeFile(
        join(evidence, file),
        text.replaceAll('"rows":', '"rows" :').replaceAll('"trips"', '"tripz"'),
      )
    }
    const proof = await proveCopy()
    expect(steps.some((step) => step.endsWith('checkpoint reused'))).toBe(false)
    expect(proof.verdict).toBe('proven')
  })

  it('reuses no checkpoint behind one that had to be made anew', async () => {
    await proveCopy()
    const checkpoints = (await server.listDatabases()).filter(({ mark }) =>
      mark.includes(`tcc_copy_${process.pid}`),
    )
    const key = await keyAfterPhase2()
    await server.dropDatabase(checkpoints.find(({ mark }) => mark.includes(key))?.name ?? '')
    const proof = await proveCopy()
    expect(steps.map((step) => /checkpoint reused|replayed/.exec(step)?.[0])).toEqual([
      'checkpoint reused',
      'checkpoint reused',
      'replayed',
      'replayed',
      'replayed',
    ])
    expect(proof.verdict).toBe('proven')
  })

  it('ignores every checkpoint when it is asked to start afresh', async () => {
    await proveCopy({ fresh: true })
    expect(steps.some((step) => step.endsWith('checkpoint reused'))).toBe(false)
  })

  it('refuses a changed snapshot by the name of its file and leaves nothing half-loaded', async () => {
    const file = join(folder, 'snapshot', 'data', 'public.trips.copy')
    const bytes = await readFile(file)
    await writeFile(file, bytes.subarray(0, -20))
    const before = await ownDatabases()
    await expect(proveCopy()).rejects.toMatchObject({
      code: 'snapshot-invalid',
      message: expect.stringContaining('data/public.trips.copy'),
    })
    expect(await ownDatabases()).toEqual(before)
    await writeFile(file, bytes)
  })

  it('refuses a plan with all its faults before it touches a server', async () => {
    const { phases } = scenario
    const [first, second] = phases
    if (!first || !second) throw new Error('the plan has phases')
    const broken = {
      ...scenario,
      phases: [
        { ...first, migrations: [...first.migrations, 'no_such'] },
        { ...second, dependsOn: [7], expect: [] },
      ],
    }
    const request = {
      scenario: broken,
      upTo: 2,
      fresh: false,
      strict: false,
      keep: 'nothing' as const,
      experiments: [],
    }
    const before = await ownDatabases()
    await expect(
      proveInProcess(request, {
        server,
        projectRoot,
        reportsFolder: join(folder, 'reports'),
        cacheFolder: folder,
        progress: { step() {}, count() {} },
      }),
    ).rejects.toMatchObject({
      code: 'plan-invalid',
      context: {
        faults: expect.arrayContaining([
          expect.stringContaining('no_such'),
          expect.stringContaining('phase 7'),
          expect.stringContaining('expects nothing'),
        ]),
      },
    })
    expect(await ownDatabases()).toEqual(before)
  })

  it('names another Postgres major as a limit, and refuses it when asked to be strict', async () => {
    const file = join(folder, 'snapshot', 'manifest.json')
    const text = await readFile(file, 'utf8')
    const manifest = JSON.parse(text) as SnapshotManifest
    await writeFile(file, sealManifest({ ...manifest, postgres: { version: '16.4', major: 16 } }).text)
    const proof = await proveCopy({ upTo: 1 })
    expect(proof.limits.join()).toContain('16.4')
    const strict = proveInProcess(
      { scenario, upTo: 1, fresh: false, strict: true, keep: 'nothing' },
      {
        server,
        projectRoot,
        reportsFolder: join(folder, 'reports'),
        cacheFolder: join(folder, 'cache'),
        progress: { step() {}, count() {} },
      },
    )
    await expect(strict).rejects.toMatchObject({ code: 'version-mismatch' })
    await writeFile(file, text)
  })

  it('says once of an empty database that nothing was shown about rows', async () => {
    const migrations = join(folder, 'first')
    await mkdir(join(migrations, '20260101000000_ward'), { recursive: true })
    await writeFile(join(migrations, 'migration_lock.toml'), 'provider = "postgresql"\n')
    await writeFile(
      join(migrations, '20260101000000_ward/migration.sql'),
      'CREATE TABLE ward (id integer PRIMARY KEY);',
    )
    const first = definePhase({
      id: 1,
      name: '01-ward',
      title: 'Wards',
      goal: 'Wards are there',
      risk: 'low',
      dependsOn: [],
      estimateMinutes: 1,
      migrations: ['20260101000000_ward'],
      changes: ['ward'],
      expect: [table('ward', { columns: { id: required('integer') } })],
    })
    const proof = await proveInProcess(
      {
        scenario: {
          ...scenario,
          name: `tcc-copy-${process.pid}-first`,
          snapshot: null,
          recorded: [],
          untrue: {},
          migrations: relative(projectRoot, migrations),
          phases: [first],
        },
        upTo: 1,
        fresh: false,
        strict: false,
        keep: 'nothing',
      },
      {
        server,
        projectRoot,
        reportsFolder: join(folder, 'reports'),
        cacheFolder: join(folder, 'cache'),
        progress: { step() {}, count() {} },
      },
    )
    expect(proof.verdict).toBe('proven')
    expect(proof.limits.filter((limit) => limit.includes('rows'))).toEqual([
      'The phases started from an empty database: nothing was shown about existing rows.',
    ])
  })
})
