import type { Source } from '../source.ts'
import { captureFailed } from './capture-failed.ts'
import { dumpSchema, findPgDump } from './pg-dump.ts'
import { renderSchema } from './render-schema.ts'
import type { SourceSessions } from './source-session.ts'

/** Who writes the schema files: `pg_dump` of a fitting version, our own renderer, or whichever can. */
export type SchemaFrom = 'auto' | 'pg_dump' | 'catalog'

/** The schema of a source, in the two parts a load needs. */
export interface SchemaSql {
  readonly preData: string
  readonly postData: string
  /** For people: `by pg_dump 17.4`, `from the catalogs`. */
  readonly by: string
}

/**
 * Fetches the schema of the moment that is captured. With `auto`, `pg_dump` where one is found that can read the server; else
 * from the catalogs, which refuses what it cannot render.
 * @throws capture-failed
 */
export async function fetchSchemaSql(
  sessions: SourceSessions,
  source: Source,
  options: { readonly url: string; readonly schemaFrom?: SchemaFrom; readonly signal?: AbortSignal },
): Promise<SchemaSql> {
  const { schemaFrom = 'auto' } = options
  if (schemaFrom !== 'catalog') {
    const { fitting, found } = await findPgDump(source.postgres.major)
    if (fitting) {
      const sql = await dumpSchema(fitting.path, {
        url: options.url,
        exported: sessions.exported,
        source: source.name,
      })
      return { ...sql, by: `by pg_dump ${fitting.version}` }
    }
    if (schemaFrom === 'pg_dump') {
      const seen =
        found.length === 0
          ? 'none was found'
          : `found: ${found.map(({ path, version }) => `${path} ${version}`).join(', ')}`
      throw captureFailed(
        source.name,
        `no pg_dump can read a server of version ${source.postgres.major}; ${seen}`,
        `Install the client of PostgreSQL ${source.postgres.major}, or take --schema-from catalog.`,
      )
    }
  }
  const { unsupported, ...sql } = await renderSchema(sessions.first)
  if (unsupported.length === 0) return { ...sql, by: 'from the catalogs' }
  throw captureFailed(
    source.name,
    `without pg_dump these cannot be written: ${unsupported.join(', ')}`,
    `Install the client of PostgreSQL ${source.postgres.major}, so that its pg_dump is on the PATH.`,
  )
}
