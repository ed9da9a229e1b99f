import { join } from 'node:path'
import { readRecordedMigrations } from '../../tcc-catch-up/generator/history.ts'
import { writeEnvironment } from '../../tcc-catch-up/generator/write-environment.ts'
import { AS_FOUND } from './as-found.ts'

// Writes the snapshot anew: node --import tsx scenarios/tcc-as-written/generator/main.ts
const root = join(import.meta.dirname, '../../..')
const migrations = await readRecordedMigrations(join(root, 'migrations/tcc-as-written'))
await writeEnvironment(AS_FOUND, join(root, 'snapshots'), migrations)
