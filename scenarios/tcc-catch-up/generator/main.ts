import { join } from 'node:path'
import { reportError } from '../../../harness/cli/report-error.ts'
import type { SnapshotManifest } from '../../../harness/model/snapshot.ts'
import { withPostgres } from '../../../harness/postgres/start-postgres.ts'
import { lineProgress as progress } from '../../../harness/vitest/line-progress.ts'
import { captureProduction } from './capture-production.ts'
import { COMPLETE } from './environments.ts'
import { readRecordedMigrations } from './history.ts'
import { writeEnvironment } from './write-environment.ts'

// Writes the three snapshots anew: node --import tsx scenarios/tcc-catch-up/generator/main.ts
const root = join(import.meta.dirname, '../../..')
const snapshots = join(root, 'snapshots')
const database = 'phaseproof_generator'
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort())

try {
  const migrations = await readRecordedMigrations(join(root, 'migrations/tcc'))
  for (const environment of COMPLETE)
    report((await writeEnvironment(environment, snapshots, migrations)).manifest)
  // Always the embedded server, as its version stands in the manifest.
  await withPostgres('embedded', { cacheFolder: join(root, '.phaseproof'), progress }, async (server) => {
    // One that a killed run left.
    await server.dropDatabase(database)
    await server.createDatabase(database, { mark: 'raw production of the generator' })
    try {
      const url = server.connectionString(database)
      const request = { url, snapshots, migrations, progress, signal: stop.signal }
      report((await captureProduction(request)).manifest)
    } finally {
      await server.dropDatabase(database)
    }
  })
} catch (error) {
  process.exitCode = reportError(error, join(root, '.phaseproof'))
}

function report({ name, tables }: SnapshotManifest): void {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const sizeBytes = tables.reduce((sum, table) => sum + table.sizeBytes, 0)
  progress.step(`${name}: ${tables.length} tables, ${rows} rows, ${sizeBytes} bytes`)
}
