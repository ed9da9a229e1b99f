import { silentProgress } from '../model/ports.ts'
import { askUrl, describePostgresServer, type ProviderUnderTest } from '../testing/postgres-server.suite.ts'
import { makeTemporaryCacheFolder } from '../testing/temporary-cache-folder.ts'
import { startPostgres } from './start-postgres.ts'

async function startOn(choice: 'embedded' | 'testcontainers'): Promise<ProviderUnderTest> {
  const { folder, remove } = makeTemporaryCacheFolder()
  const postgres = await startPostgres(choice, { cacheFolder: folder, progress: silentProgress })
  return {
    postgres,
    maintenanceUrl: postgres.connectionString('phaseproof_x').replace(/phaseproof_x$/, 'postgres'),
    async end() {
      await postgres.stop()
      remove()
    },
  }
}

/** An external server is one that somebody else started: here the embedded one. */
async function startExternal(): Promise<ProviderUnderTest> {
  const host = await startOn('embedded')
  await askUrl(host.maintenanceUrl, 'CREATE DATABASE phaseproof')
  await askUrl(host.maintenanceUrl, `COMMENT ON DATABASE phaseproof IS 'phaseproof:external'`)
  const url = host.maintenanceUrl.replace(/postgres$/, 'phaseproof')
  const postgres = await startPostgres({ url }, { cacheFolder: '', progress: silentProgress })
  return {
    postgres,
    maintenanceUrl: host.maintenanceUrl,
    async end() {
      await postgres.stop()
      await host.end()
    },
  }
}

describePostgresServer('embedded', () => startOn('embedded'))
describePostgresServer('external', startExternal)
if (process.env.PHASEPROOF_TEST_DOCKER === '1') {
  describePostgresServer('container', () => startOn('testcontainers'))
}
