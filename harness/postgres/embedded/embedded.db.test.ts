import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { removeOwned } from '../../ground/owned-folder.ts'
import { readOwnIdentity } from '../../ground/process-identity.ts'
import { withClient } from '../../ground/with-client.ts'
import type { RunningPostgres } from '../../model/ports.ts'
import { type HeldPostgres, startHeldPostgres } from '../../testing/held-postgres.ts'
import { makeTemporaryCacheFolder, type TemporaryCacheFolder } from '../../testing/temporary-cache-folder.ts'
import { fitsInMemory, readFreeMemory } from '../memory-space.ts'
import { startPostgres, withPostgres } from '../start-postgres.ts'

const timeout = 120_000
let cache: TemporaryCacheFolder
let steps: string[]
const running: RunningPostgres[] = []
const held: HeldPostgres[] = []

beforeEach(() => {
  steps = []
})
afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop()
  for (const process of held.splice(0)) await process.end('SIGKILL')
  await eventually(() => serversOn(cache.folder).length === 0)
})

/** Preparing a cluster takes a second on a busy machine, so tests that leave theirs in order share one. */
function useCache(each: 'one for each test' | 'one for all tests'): void {
  const [before, after] = each === 'one for each test' ? [beforeEach, afterEach] : [beforeAll, afterAll]
  before(() => {
    cache = makeTemporaryCacheFolder()
  })
  after(() => cache.remove())
}

async function start(): Promise<RunningPostgres> {
  const progress = { step: (text: string) => steps.push(text), count() {} }
  const postgres = await startPostgres('embedded', { cacheFolder: cache.folder, progress })
  running.push(postgres)
  return postgres
}

async function startElsewhere(): Promise<HeldPostgres> {
  const process = await startHeldPostgres(cache.folder)
  held.push(process)
  return process
}

const discarded = () => steps.filter((step) => step.includes('discarded'))
const clusterFolder = () => path.join(cache.folder, entries('cluster-')[0] ?? '')
const entries = (prefix: string) =>
  readdirSync(cache.folder).filter((name) => name.startsWith(prefix) && !/\.lock\./.test(name))

const throwaways = () => readdirSync(path.join(cache.folder, 'throwaway'))

/** The command lines of all processes that name a folder, other than this one's tools. */
function serversOn(folder: string): string[] {
  const all = execFileSync('ps', ['-axww', '-o', 'args='], { encoding: 'utf8' })
  return all.split('\n').filter((line) => line.includes(folder) && line.includes('bin/postgres'))
}

async function eventually(condition: () => boolean, deadlineMs = 10_000): Promise<boolean> {
  const deadline = performance.now() + deadlineMs
  while (!condition()) {
    if (performance.now() > deadline) return false
    await sleep(20)
  }
  return true
}

describe('the cache', { timeout }, () => {
  useCache('one for all tests')

  it('keeps databases from one run to the next', async () => {
    await withPostgres(
      'embedded',
      { cacheFolder: cache.folder, progress: { step() {}, count() {} } },
      async (first) => {
        expect(first.persistent).toBe(true)
        await first.createDatabase('phaseproof_kept', { mark: 'checkpoint 1' })
      },
    )
    expect(serversOn(cache.folder)).toEqual([])
    const second = await start()
    expect(await second.listDatabases()).toEqual([
      { name: 'phaseproof_kept', mark: 'checkpoint 1', sealed: false },
    ])
    expect(discarded()).toEqual([])
  })

  const damages: readonly [string, (data: string) => void, string][] = [
    [
      'a file is shorter',
      (data) => truncateSync(path.join(data, 'global/pg_control'), 100),
      'files have changed',
    ],
    ['a file is missing', (data) => rmSync(path.join(data, 'PG_VERSION')), 'files have changed'],
    [
      'a file was written to',
      (data) => appendFileSync(path.join(data, 'postgresql.conf'), '#'),
      'files have changed',
    ],
    ['the whole data folder is missing', (data) => rmSync(data, { recursive: true }), 'cannot be read'],
    ['the mark is missing', (data) => rmSync(path.join(data, '../clean')), 'not stopped in order'],
    ['the mark is cut off', (data) => truncateSync(path.join(data, '../clean'), 10), 'cannot be read'],
  ]

  it.each(damages)('is rebuilt, with one line about it, when %s', async (_, damage, reason) => {
    const first = await start()
    await first.dropDatabase('phaseproof_kept')
    await first.createDatabase('phaseproof_kept', { mark: '' })
    await first.stop()
    damage(path.join(clusterFolder(), 'data'))
    const second = await start()
    expect(discarded()).toEqual([`cached databases discarded: ${expectedReason(discarded()[0], reason)}`])
    expect(await second.listDatabases()).toEqual([])
  })

  it('is rebuilt when the server cannot start on it', async () => {
    await (await start()).stop()
    const folder = clusterFolder()
    appendFileSync(path.join(folder, 'data/postgresql.conf'), '\nno_such_setting = 1\n')
    const { writeCleanMark } = await import('./embedded-cluster.ts')
    writeCleanMark(folder)
    await start()
    expect(discarded()).toEqual(['cached databases discarded: the server did not start on it'])
  })

  it('is trusted only once: the mark is gone while a server runs', async () => {
    await (await start()).stop()
    expect(existsSync(path.join(clusterFolder(), 'clean'))).toBe(true)
    await start()
    expect(existsSync(path.join(clusterFolder(), 'clean'))).toBe(false)
  })

  it('loses what a killed run left half-built', async () => {
    await (await start()).stop()
    const name = path.basename(clusterFolder())
    execFileSync('mkdir', [path.join(cache.folder, `${name}.building-0123`)])
    execFileSync('mkdir', [path.join(cache.folder, `${name}.discarded-0123`)])
    await start()
    expect(entries('cluster-')).toEqual([name])
    expect(discarded()).toEqual([])
  })

  it('holds its password in a file for the server only, and no command line shows it', async () => {
    const postgres = await start()
    const password = readFileSync(path.join(clusterFolder(), 'password'), 'utf8')
    expect(postgres.connectionString('phaseproof_x')).toContain(password)
    expect(execFileSync('ps', ['-axww', '-o', 'args='], { encoding: 'utf8' })).not.toContain(password)
  })
})

/** The tablespace of each database of ours, and what lies in memory for us, as others see it. */
async function placesOn(postgres: RunningPostgres): Promise<Record<string, string>> {
  return withClient(postgres.address.url, async (client) => {
    const { rows } = await client.query<{ datname: string; spcname: string }>(
      `SELECT datname, spcname FROM pg_database JOIN pg_tablespace space ON space.oid = dattablespace
        WHERE datname LIKE 'phaseproof%'`,
    )
    return Object.fromEntries(rows.map(({ datname, spcname }) => [datname, spcname]))
  })
}

const inMemory = (folder: string) =>
  readdirSync('/dev/shm').filter(
    (name) => name.startsWith('phaseproof-databases-') && memoryOf(name).startsWith(folder),
  )

function memoryOf(name: string): string {
  try {
    return readFileSync(path.join('/dev/shm', name, 'cluster'), 'utf8')
  } catch {
    return ''
  }
}

describe.runIf(fitsInMemory(readFreeMemory('/dev/shm'), 0))('memory', { timeout }, () => {
  useCache('one for each test')

  async function startWithTemplate(): Promise<RunningPostgres> {
    const postgres = await start()
    await postgres.createDatabase('phaseproof_base', { mark: 'base' })
    await postgres.sealDatabase('phaseproof_base', 'base')
    return postgres
  }
  const copy = (postgres: RunningPostgres, name: string, template: string, isShortLived: boolean) =>
    postgres.createDatabase(name, { mark: '', template, isShortLived })

  it('holds the copies that are dropped before the run ends, and nothing that stays', async () => {
    const postgres = await startWithTemplate()
    await copy(postgres, 'phaseproof_clone', 'phaseproof_base', true)
    await postgres.sealDatabase('phaseproof_clone', 'clone')
    await copy(postgres, 'phaseproof_kept', 'phaseproof_clone', false)
    expect(await placesOn(postgres)).toEqual({
      phaseproof_base: 'pg_default',
      phaseproof_clone: 'phaseproof_memory',
      phaseproof_kept: 'pg_default',
    })
    expect(inMemory(cache.folder)).toHaveLength(1)
  })

  it('shows a migration nothing of itself: the settings are those of every database', async () => {
    const postgres = await startWithTemplate()
    await copy(postgres, 'phaseproof_clone', 'phaseproof_base', true)
    const rows = await withClient(postgres.connectionString('phaseproof_clone'), async (client) => {
      await client.query('CREATE TABLE t (id int PRIMARY KEY)')
      const shown = await client.query(
        `SELECT current_setting('default_tablespace') AS tables, current_setting('temp_tablespaces') AS temporary,
                (SELECT count(*)::int FROM pg_class WHERE reltablespace <> 0 AND relname LIKE 't%') AS named`,
      )
      return shown.rows
    })
    expect(rows).toEqual([{ tables: '', temporary: '', named: 0 }])
  })

  it('is given back with the server, also when a copy was left, and what stays is there in the next run', async () => {
    const postgres = await startWithTemplate()
    await copy(postgres, 'phaseproof_clone', 'phaseproof_base', true)
    await postgres.sealDatabase('phaseproof_clone', 'clone')
    await postgres.stop()
    expect(inMemory(cache.folder)).toEqual([])
    const next = await start()
    expect(discarded()).toEqual([])
    expect(await placesOn(next)).toEqual({ phaseproof_base: 'pg_default' })
  })

  it('is done without where its folder went missing', async () => {
    const postgres = await startWithTemplate()
    rmSync(path.join('/dev/shm', inMemory(cache.folder)[0] ?? '', 'tablespace'), { recursive: true })
    await copy(postgres, 'phaseproof_clone', 'phaseproof_base', true)
    expect(await placesOn(postgres)).toMatchObject({ phaseproof_clone: 'pg_default' })
  })

  it('is free again after kill -9', async () => {
    const killed = await startElsewhere()
    expect(inMemory(cache.folder)).toHaveLength(1)
    await killed.end('SIGKILL')
    expect(await eventually(() => inMemory(cache.folder).length === 0)).toBe(true)
  })

  it('of a run that was killed with its supervisor is freed by the next run, that of a living server is not', async () => {
    const leave = (name: string, owner: object) => {
      const folder = path.join('/dev/shm', `phaseproof-databases-${name}`)
      mkdirSync(folder)
      writeFileSync(path.join(folder, 'cluster'), path.join(cache.folder, name))
      writeFileSync(`${folder}.owner`, JSON.stringify(owner))
      return folder
    }
    const own = readOwnIdentity()
    const killed = leave(`test-${own.pid}-killed`, { ...own, started: 'before' })
    const living = leave(`test-${own.pid}-living`, own)
    try {
      await start()
      expect(existsSync(killed)).toBe(false)
      expect(existsSync(`${killed}.owner`)).toBe(false)
      expect(existsSync(living)).toBe(true)
    } finally {
      removeOwned(living)
    }
  })
})

describe('a throw-away folder', { timeout }, () => {
  useCache('one for each test')

  const leave = (name: string, owner: object) => {
    mkdirSync(path.join(cache.folder, 'throwaway', name, 'data'), { recursive: true })
    writeFileSync(path.join(cache.folder, 'throwaway', `${name}.owner`), JSON.stringify(owner))
  }

  it('of a run that was killed with its supervisor is removed by the next run, one of a living run is not', async () => {
    const own = readOwnIdentity()
    leave('killed', { ...own, started: 'before' })
    leave('living', own)
    leave('elsewhere', { ...own, host: 'elsewhere' })
    await start()
    expect(throwaways().sort()).toEqual(['elsewhere', 'elsewhere.owner', 'living', 'living.owner'])
  })
})

describe('two runs at once', { timeout }, () => {
  useCache('one for each test')

  it('do not disturb each other: the second has a server of its own, which goes with it', async () => {
    const first = await start()
    const second = await startElsewhere()
    expect(second.persistent).toBe(false)
    expect(second.steps[0]).toContain('another run uses the cached databases')
    await first.createDatabase('phaseproof_first', { mark: '' })
    expect(throwaways()).not.toEqual([])
    await second.end('SIGTERM')
    expect(await eventually(() => throwaways().length === 0)).toBe(true)
    expect(await first.listDatabases()).toHaveLength(1)
    await first.stop()
    expect((await start()).persistent).toBe(true)
    expect(discarded()).toEqual([])
  })

  it('started at the same moment share one cache between them', async () => {
    const all = await Promise.all([startElsewhere(), startElsewhere(), startElsewhere()])
    expect(all.filter((one) => one.persistent)).toHaveLength(1)
    expect(new Set(all.map((one) => one.url)).size).toBe(3)
  })
})

describe('kill -9', { timeout }, () => {
  useCache('one for each test')

  it('leaves no process and no folder of a throw-away server', async () => {
    await start()
    const second = await startElsewhere()
    expect(serversOn(path.join(cache.folder, 'throwaway'))).not.toEqual([])
    await second.end('SIGKILL')
    expect(await eventually(() => serversOn(path.join(cache.folder, 'throwaway')).length === 0)).toBe(true)
    expect(await eventually(() => throwaways().length === 0)).toBe(true)
  })

  it('leaves no process on the cache, which the next run rebuilds at once', async () => {
    const first = await startElsewhere()
    expect(first.persistent).toBe(true)
    await first.end('SIGKILL')
    const second = await start()
    expect(second.persistent).toBe(true)
    expect(discarded()).toEqual(['cached databases discarded: it was not stopped in order'])
    await second.stop()
    expect(serversOn(cache.folder)).toEqual([])
  })
})

describe('a server that dies', { timeout }, () => {
  useCache('one for each test')

  it('is told as lost, and the cache is not trusted afterwards', async () => {
    const postgres = await start()
    const file = path.join(clusterFolder(), 'data/postmaster.pid')
    // As abrupt as kill -9 for those who are connected, but the server takes its shared memory with it.
    process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGQUIT')
    await expect(
      (async () => {
        for (;;)
          await postgres
            .createDatabase('phaseproof_a', { mark: '' })
            .then(() => postgres.dropDatabase('phaseproof_a'))
      })(),
    ).rejects.toMatchObject({ code: 'postgres-lost', context: { provider: 'embedded' } })
    await postgres.stop()
    await start()
    expect(discarded()).toEqual(['cached databases discarded: it was not stopped in order'])
  })
})

describe('Ctrl-C without a handler', { timeout }, () => {
  useCache('one for each test')

  it('leaves no process', async () => {
    const first = await startElsewhere()
    await first.end('SIGINT')
    expect(await eventually(() => serversOn(cache.folder).length === 0)).toBe(true)
  })
})

/** The reason in full, if it holds the part; so that the comparison shows both. */
function expectedReason(line: string | undefined, part: string): string {
  const reason = line?.replace('cached databases discarded: ', '') ?? ''
  return reason.includes(part) ? reason : part
}
