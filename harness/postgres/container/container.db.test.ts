import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { parseOwner, toOwner } from '../../ground/owner.ts'
import { readOwnIdentity } from '../../ground/process-identity.ts'
import { silentProgress } from '../../model/ports.ts'
import { startHeldPostgres } from '../../testing/held-postgres.ts'
import { makeTemporaryCacheFolder } from '../../testing/temporary-cache-folder.ts'
import { query } from '../../testing/with-test-database.ts'
import { startPostgres } from '../start-postgres.ts'
import { isAbandoned, toLabels } from './container-lifetime.ts'

const timeout = 120_000

// Shown as skipped, not as passed, where there is no engine to test on.
describe.runIf(process.env.PHASEPROOF_TEST_DOCKER === '1')('a container', { timeout }, () => {
  const cleanUps: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0)) await cleanUp()
  })

  const fetchDocker = async () =>
    (await (await import('testcontainers')).getContainerRuntimeClient()).container.dockerode
  /** Containers of one process: other tests may run their own at the same time. */
  const listOf = async (pid: number) => {
    const all = await (await fetchDocker()).listContainers({ all: true, filters: { label: ['phaseproof'] } })
    return all.filter(({ Labels }) => parseOwner(Labels['phaseproof.owner'] ?? '')?.pid === pid)
  }
  const running = async (pid: number) => (await listOf(pid)).filter(({ State }) => State === 'running').length

  it('keeps its data in memory and without durability, and leaves no volume', async () => {
    const postgres = await startPostgres('testcontainers', { cacheFolder: '', progress: silentProgress })
    cleanUps.push(() => postgres.stop())
    await postgres.createDatabase('phaseproof_a', { mark: '' })
    const mounts = (await listOf(process.pid)).flatMap((container) => container.Mounts)
    expect(mounts.filter((mount) => mount.Type === 'volume')).toEqual([])
    const settings = await query(
      postgres.connectionString('phaseproof_a'),
      `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'autovacuum', 'data_checksums') ORDER BY 1`,
    )
    expect(settings).toEqual([
      { name: 'autovacuum', setting: 'off' },
      { name: 'data_checksums', setting: 'on' },
      { name: 'fsync', setting: 'off' },
    ])
    expect(postgres.persistent).toBe(false)
    expect(postgres.description).toMatch(/ in a container$/)
    await postgres.stop()
    await postgres.stop()
    expect(await listOf(process.pid)).toEqual([])
  })

  it('stops by itself after kill -9 of its owner, and is removed by the next start', async () => {
    const held = await startHeldPostgres('', 'testcontainers')
    expect(await running(held.pid)).toBe(1)
    await held.end('SIGKILL')
    for (let waited = 0; waited < 10_000 && (await running(held.pid)) > 0; waited += 100) await sleep(100)
    expect(await running(held.pid)).toBe(0)
    const next = await startPostgres('testcontainers', { cacheFolder: '', progress: silentProgress })
    cleanUps.push(() => next.stop())
    expect(await listOf(held.pid)).toEqual([])
  })

  it('can be kept running, tells how to open and remove it, and is not swept', async () => {
    const steps: string[] = []
    const progress = { ...silentProgress, step: (text: string) => steps.push(text) }
    const postgres = await startPostgres('testcontainers', { cacheFolder: '', progress })
    await postgres.createDatabase('phaseproof_a', { mark: '' })
    const url = postgres.connectionString('phaseproof_a')
    await postgres.stop({ keepRunning: true })
    const name = /docker rm --force (\S+)/.exec(steps.at(-1) ?? '')?.[1] ?? ''
    cleanUps.push(async () => (await fetchDocker()).getContainer(name).remove({ force: true, v: true }))
    await sleep(500)
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    const [kept] = await listOf(process.pid)
    const labels = {
      ...toLabels(),
      'phaseproof.owner': toOwner({ ...readOwnIdentity(), started: 'before' }),
    }
    expect(kept && isAbandoned({ ...kept, Labels: labels })).toBe(false)
  })

  it('whose image cannot be had is told as unavailable, and auto takes the embedded server then', async () => {
    const { folder, remove } = makeTemporaryCacheFolder()
    cleanUps.push(async () => remove())
    const options = { image: 'phaseproof.invalid/nothing:1', cacheFolder: folder, progress: silentProgress }
    await expect(startPostgres('testcontainers', options)).rejects.toMatchObject({
      code: 'postgres-unavailable',
      message: expect.stringMatching(/phaseproof\.invalid.*: .*(lookup|resolve|pull|manifest|no such)/i),
      remedy: expect.stringContaining('docker pull phaseproof.invalid/nothing:1'),
    })
    const postgres = await startPostgres('auto', options)
    expect(postgres.description).toMatch(/^embedded .*the container did not start/)
    await postgres.stop()
  })
})
