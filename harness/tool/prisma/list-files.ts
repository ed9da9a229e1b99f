import { readdir } from 'node:fs/promises'
import type { Migration } from '../../model/history.ts'

/** What names the database of a folder of migrations; a deploy refuses another one. */
const lockFile = 'migration_lock.toml'

/** Files, relative to the folder, of which a folder with these migrations alone consists. */
export async function listFiles(
  folder: string,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const beside = (await readdir(folder)).filter((name) => name === lockFile)
  return [...beside, ...migrations.map(({ name }) => `${name}/migration.sql`)]
}
