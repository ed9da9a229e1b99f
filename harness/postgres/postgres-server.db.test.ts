import { type PostgresServer, silentProgress } from '../model/ports.ts'
import { describePostgresServer, type ProviderUnderTest } from '../testing/postgres-server.suite.ts'
import { makeTemporaryCacheFolder } from '../testing/temporary-cache-folder.ts'
import { query } from '../testing/with-test-database.ts'
import { providers } from './providers.ts'
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
  await query(host.maintenanceUrl, 'CREATE DATABASE phaseproof')
  await query(host.maintenanceUrl, `COMMENT ON DATABASE phaseproof IS 'phaseproof:external'`)
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

const starts: Readonly<Record<PostgresServer['provider'], () => Promise<ProviderUnderTest>>> = {
  embedded: () => startOn('embedded'),
  testcontainers: () => startOn('testcontainers'),
  external: startExternal,
}
for (const { name } of providers) {
  if (name === 'testcontainers' && process.env.PHASEPROOF_TEST_DOCKER !== '1') continue
  describePostgresServer(name, starts[name])
}
