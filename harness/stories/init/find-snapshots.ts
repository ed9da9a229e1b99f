import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSnapshot } from '../../snapshot/read-snapshot.ts'
import { toRecordedMigrations } from '../../tool/prisma/recorded-migrations.ts'
import type { ScenarioStart } from './render-scenario.ts'

/**
 * A start per snapshot under `snapshots/`, with what its history records that the migrations folder holds; the empty database where
 * there is none.
 * @throws snapshot-invalid
 */
export async function findStarts(root: string, migrations: string): Promise<readonly ScenarioStart[]> {
  const folder = join(root, 'snapshots')
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'manifest.json')))
    : []
  if (names.length === 0) return [{ name: 'from-empty', snapshot: null, recorded: [] }]
  const known = new Set(existsSync(join(root, migrations)) ? readdirSync(join(root, migrations)) : [])
  return Promise.all(
    names.map(async (name) => {
      const recorded = await readRecorded(join(folder, name))
      return { name, snapshot: `snapshots/${name}`, recorded: recorded.filter((entry) => known.has(entry)) }
    }),
  )
}

async function readRecorded(folder: string): Promise<readonly string[]> {
  const { manifest } = await readSnapshot(folder)
  const history = manifest.tables.find(({ name }) => name === '_prisma_migrations')
  return history ? toRecordedMigrations(history, await readFile(join(folder, history.file), 'utf8')) : []
}
