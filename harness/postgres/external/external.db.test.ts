import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { toOwner } from '../../ground/owner.ts'
import { readOwnIdentity } from '../../ground/process-identity.ts'
import { type RunningPostgres, silentProgress } from '../../model/ports.ts'
import { makeTemporaryCacheFolder, type TemporaryCacheFolder } from '../../testing/temporary-cache-folder.ts'
import { query } from '../../testing/with-test-database.ts'
import { toComment } from '../guard.ts'
import { startPostgres } from '../start-postgres.ts'

let cache: TemporaryCacheFolder
let host: RunningPostgres
let steps: string[]
const running: RunningPostgres[] = []

const urlOf = (database: string) => host.connectionString('phaseproof_x').replace(/phaseproof_x$/, database)
const outside = (sql: string) => query(urlOf('postgres'), sql)
const databaseNames = async () =>
  (await outside(`SELECT datname FROM pg_database WHERE datname LIKE 'phaseproof%' ORDER BY 1`)).map(
    (r) => r.datname,
  )

async function start(database: string): Promise<RunningPostgres> {
  const progress = { step: (text: string) => steps.push(text), count() {} }
  const postgres = await startPostgres({ url: urlOf(database) }, { cacheFolder: '', progress })
  running.push(postgres)
  return postgres
}

beforeAll(async () => {
  cache = makeTemporaryCacheFolder()
  host = await startPostgres('embedded', { cacheFolder: cache.folder, progress: silentProgress })
  await outside('CREATE DATABASE phaseproof_ci')
}, 60_000)
afterAll(async () => {
  await host.stop()
  cache.remove()
}, 60_000)
beforeEach(async () => {
  steps = []
  await outside(`COMMENT ON DATABASE phaseproof_ci IS 'phaseproof:external'`)
})
afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop()
})

describe('an external server', { timeout: 30_000 }, () => {
  it.each([
    ['no comment', 'NULL'],
    ['a comment of somebody else', `'nightly copy'`],
    ['the comment of a clone of ours', `'${toComment('', 'clone')}'`],
  ])('is refused when its database has %s', async (_, comment) => {
    await outside(`COMMENT ON DATABASE phaseproof_ci IS ${comment}`)
    await expect(start('phaseproof_ci')).rejects.toMatchObject({
      code: 'database-refused',
      remedy: expect.stringContaining(`COMMENT ON DATABASE "phaseproof_ci" IS 'phaseproof:external'`),
    })
  })

  it('is refused when its database does not exist, with the statements that make it', async () => {
    await expect(start('phaseproof_missing')).rejects.toMatchObject({
      code: 'database-refused',
      remedy: expect.stringContaining('CREATE DATABASE "phaseproof_missing"'),
    })
  })

  it('never shows its password', async () => {
    const { password } = new URL(urlOf('postgres'))
    const postgres = await start('phaseproof_ci')
    expect(postgres.description).not.toContain(password)
    expect(steps.join()).not.toContain(password)
    const wrong = urlOf('phaseproof_ci').replace(password, 's3cret')
    const refused = startPostgres({ url: wrong }, { cacheFolder: '', progress: silentProgress })
    await expect(refused).rejects.toMatchObject({ code: 'postgres-unavailable' })
    await expect(refused).rejects.not.toThrow('s3cret')
  })

  it('is told as unavailable when nothing listens', async () => {
    const url = 'postgres://app:s3cret@127.0.0.1:1/phaseproof'
    const started = startPostgres({ url }, { cacheFolder: '', progress: silentProgress })
    await expect(started).rejects.toMatchObject({ code: 'postgres-unavailable' })
    await expect(started).rejects.not.toThrow('s3cret')
  })

  it('loses at the end all that the run created, and nothing else', async () => {
    const postgres = await start('phaseproof_ci')
    await postgres.createDatabase('phaseproof_a', { mark: '' })
    await postgres.createDatabase('phaseproof_b', { mark: '' })
    await postgres.sealDatabase('phaseproof_b', 'checkpoint')
    await postgres.stop()
    await postgres.stop()
    expect(await databaseNames()).toEqual(['phaseproof_ci'])
  })

  it('loses at the start what dead runs of this host left, and keeps what living ones and other hosts have', async () => {
    const own = readOwnIdentity()
    const owners = {
      phaseproof_dead: toOwner({ ...own, started: 'before' }),
      phaseproof_living: toOwner(own),
      phaseproof_far: toOwner({ ...own, host: 'elsewhere' }),
    }
    for (const [name, owner] of Object.entries(owners)) {
      await outside(`CREATE DATABASE ${name}`)
      await outside(`COMMENT ON DATABASE ${name} IS '${toComment(owner, '')}'`)
    }
    await start('phaseproof_ci')
    expect(await databaseNames()).toEqual(['phaseproof_ci', 'phaseproof_far', 'phaseproof_living'])
    expect(steps[0]).toContain('1 database')
    await outside('DROP DATABASE phaseproof_far')
  })

  it('refuses what another run created there', async () => {
    const other = toOwner({ ...readOwnIdentity(), host: 'elsewhere' })
    await outside('CREATE DATABASE phaseproof_theirs')
    await outside(`COMMENT ON DATABASE phaseproof_theirs IS '${toComment(other, '')}'`)
    const postgres = await start('phaseproof_ci')
    await expect(postgres.dropDatabase('phaseproof_theirs')).rejects.toThrow(/another run/)
    await expect(postgres.dropDatabase('phaseproof_ci')).rejects.toThrow(/did not create/)
    expect(await postgres.listDatabases()).toEqual([])
    await outside('DROP DATABASE phaseproof_theirs')
  })
})

it('leaves no role of a scenario behind that no database needs, and leaves those of others alone', async () => {
  await outside('CREATE ROLE clinic_stranger')
  const postgres = await start('phaseproof_ci')
  const cluster = await postgres.holdCluster('clinic', 'alone')
  await cluster.makeRoles([{ ...PLAIN, name: 'clinic_deploy' }])
  await postgres.createDatabase('phaseproof_clinic', { mark: 'a test', owner: 'clinic_deploy' })
  await cluster.release()
  await postgres.stop()
  expect(
    await outside(`SELECT rolname FROM pg_roles WHERE rolname ~ '^(clinic|phaseproof_)' ORDER BY 1`),
  ).toEqual([{ rolname: 'clinic_stranger' }])
  await outside('DROP ROLE clinic_stranger')
})

const PLAIN = {
  superuser: false,
  createrole: false,
  createdb: false,
  bypassrls: false,
  inherit: true,
  login: false,
  replication: false,
  memberOf: [],
  settings: [],
}
