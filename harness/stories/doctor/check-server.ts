import { withDatabase } from '../../inspect/with-database.ts'
import { HarnessError } from '../../model/error.ts'
import { type PostgresChoice, silentProgress } from '../../model/ports.ts'
import { withPostgres } from '../../postgres/start-postgres.ts'
import { type Check, ok } from './check.ts'
import type { ServerNeeds } from './read-needs.ts'

/** Starts the server that a run would take, and looks whether it has what snapshots and migrations need. */
export async function checkServer(
  choice: PostgresChoice,
  cacheFolder: string,
  needs: ServerNeeds,
): Promise<readonly Check[]> {
  try {
    return await withPostgres(choice, { cacheFolder, progress: silentProgress }, async (server) => {
      const name = 'phaseproof_doctor'
      await server.createDatabase(name, { mark: 'doctor' })
      try {
        const has = await fetchAbilities(server.connectionString(name))
        return [ok('Postgres', server.description), ...toAbilityChecks(needs, has)]
      } finally {
        await server.dropDatabase(name)
      }
    })
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    return [{ subject: 'Postgres', state: 'failed', found: error.message, remedy: error.remedy }]
  }
}

async function fetchAbilities(url: string): Promise<ServerNeeds> {
  return withDatabase(url, async (client) => {
    const extensions = await client.query<{ name: string }>('SELECT name FROM pg_available_extensions')
    const collations = await client.query<{ name: string }>('SELECT collname AS name FROM pg_collation')
    const toNames = ({ rows }: { rows: { name: string }[] }) => new Set(rows.map(({ name }) => name))
    return { extensions: toNames(extensions), collations: toNames(collations) }
  })
}

/** Holds what is needed against what a server has. */
export function toAbilityChecks(needs: ServerNeeds, has: ServerNeeds): readonly Check[] {
  return (['extensions', 'collations'] as const).map((subject) => {
    const missing = [...needs[subject]].filter((name) => !has[subject].has(name))
    const needed = [...needs[subject]]
    if (missing.length === 0) return ok(subject, needed.length === 0 ? 'none needed' : needed.join(', '))
    return {
      subject,
      state: 'failed',
      found: `this server lacks ${missing.join(', ')}`,
      remedy:
        'Take an image that has them: PHASEPROOF_POSTGRES_IMAGE=<image> with --postgres testcontainers, or --postgres <url>.',
    }
  })
}
