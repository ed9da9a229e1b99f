import { join } from 'node:path'
import { ENVIRONMENTS } from './environments.ts'
import { readRecordedMigrations } from './history.ts'
import { writeEnvironment } from './write-environment.ts'

// Writes the three snapshots anew: node --import tsx scenarios/tcc-catch-up/generator/main.ts
const root = join(import.meta.dirname, '../../..')
const migrations = await readRecordedMigrations(join(root, 'migrations/tcc'))
for (const environment of ENVIRONMENTS) {
  const { manifest } = await writeEnvironment(environment, join(root, 'snapshots'), migrations)
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  const sizeBytes = manifest.tables.reduce((sum, table) => sum + table.sizeBytes, 0)
  console.log(`${manifest.name}: ${manifest.tables.length} tables, ${rows} rows, ${sizeBytes} bytes`)
}
