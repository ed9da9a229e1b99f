import { isAbsolute } from 'node:path'
import { toHostOf } from '../../ground/client-programs.ts'
import { type ClientImage, type OpenClientImage, ProgramFailed } from '../../model/ports.ts'
import type { Source } from '../../model/source.ts'
import { captureFailed } from '../capture-failed.ts'
import { type DumpRequest, dumpSchema, findPgDump, type RunPgDump, toLocalRun } from './pg-dump.ts'
import { renderSchema } from './render-schema.ts'
import { REFRESHES } from './schema-objects.ts'
import type { SourceSessions } from './source-session.ts'

/** Who writes the schema files: `pg_dump` of a fitting version, our own renderer, or whichever can. */
export type SchemaFrom = 'auto' | 'pg_dump' | 'catalog'

/** The schema of a source, in the two parts a load needs. */
export interface SchemaSql {
  readonly preData: string
  readonly postData: string
  /** How the schema was made, for people: `by pg_dump 17.4`, `from the catalogs`. */
  readonly by: string
}

/** How the schema is fetched. */
interface SchemaOptions {
  readonly url: string
  readonly lockTimeoutMs: number
  readonly schemaFrom?: SchemaFrom
  /** Where a pg_dump comes from when none on this machine fits. */
  readonly openClientImage?: OpenClientImage
  /** Folders to look for pg_dump in, instead of the PATH and where packages put it. */
  readonly clientFolders?: readonly string[]
  readonly signal?: AbortSignal
}

/**
 * Fetches the schema at the captured moment. `auto` takes a `pg_dump` that can read the server, of this machine or
 * else of the container image, and reads the catalogs when there is none.
 * @throws capture-failed when the catalogs hold what cannot be rendered
 */
export async function fetchSchemaSql(
  sessions: SourceSessions,
  source: Source,
  options: SchemaOptions,
): Promise<SchemaSql> {
  const { schemaFrom = 'auto' } = options
  const { major } = source.postgres
  const remedy = `Install the client of PostgreSQL ${major}, or name an image that has it: PHASEPROOF_POSTGRES_IMAGE=postgres:${major}-alpine.`
  let why = ''
  if (schemaFrom !== 'catalog') {
    const dumped = await dump(sessions, source, options)
    if (typeof dumped !== 'string') return withRefreshes(dumped, sessions)
    why = dumped
  }
  if (schemaFrom === 'pg_dump') {
    throw captureFailed(
      source.name,
      `no pg_dump can read this server of version ${major}: ${why}`,
      `${remedy} Or take --schema-from catalog.`,
    )
  }
  const { unsupported, ...sql } = await renderSchema(sessions.first)
  const because = why === '' ? '' : ` (no pg_dump can read it: ${why})`
  if (unsupported.length === 0) return { ...sql, by: `from the catalogs${because}` }
  throw captureFailed(
    source.name,
    `without pg_dump these cannot be written: ${unsupported.join(', ')}${because}`,
    remedy,
  )
}

async function withRefreshes(schema: SchemaSql, { first }: SourceSessions): Promise<SchemaSql> {
  const { rows } = await first.query<{ sql: string }>(REFRESHES)
  return { ...schema, postData: [schema.postData, ...rows.map(({ sql }) => `${sql}\n`)].join('\n') }
}

/** Fetches the schema by the first pg_dump that fits, or says why there is none. */
async function dump(
  sessions: SourceSessions,
  source: Source,
  { url, lockTimeoutMs, openClientImage, clientFolders, signal }: SchemaOptions,
): Promise<SchemaSql | string> {
  const request: DumpRequest = { url, exported: sessions.exported, lockTimeoutMs }
  const { fitting, found } = await findPgDump(source.postgres.major, clientFolders)
  if (fitting) {
    try {
      return {
        ...(await dumpSchema(toLocalRun(fitting.path, signal), request)),
        by: `by pg_dump ${fitting.version}`,
      }
    } catch (error) {
      throw toRefusal(error, source)
    }
  }
  const here =
    found.length === 0
      ? 'none on this machine'
      : `on this machine ${found.map(({ path, version }) => `${path} ${version}`).join(', ')}`
  if (!openClientImage) return here
  const host = toHostOf(url)
  const image = await openClientImage(isAbsolute(host) ? [host] : [])
  if (typeof image === 'string') return `${here}; ${image}`
  const stop = () => void image.close()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const dumped = await dumpInContainer(image, request, source)
    return typeof dumped === 'string' ? `${here}; ${dumped}` : dumped
  } finally {
    signal?.removeEventListener('abort', stop)
    await image.close()
  }
}

async function dumpInContainer(
  image: ClientImage,
  request: DumpRequest,
  source: Source,
): Promise<SchemaSql | string> {
  const runPgDump: RunPgDump = async (flags, environment, secrets) => {
    const parts: Buffer[] = []
    for await (const part of image.run(['pg_dump', ...flags], environment, secrets)) parts.push(part)
    return Buffer.concat(parts).toString('utf8')
  }
  try {
    const version = (await runPgDump(['--version'], {}, {})).match(/(\d+)(\.\d+)?/)?.[0] ?? '0'
    if (Number.parseInt(version, 10) < source.postgres.major) return `${image.image} has pg_dump ${version}`
    return {
      ...(await dumpSchema(runPgDump, request, image.toHost)),
      by: `by pg_dump ${version} of ${image.image}`,
    }
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error
    // A server that only this machine can reach is no reason to fail where the catalogs can be read.
    if (/connection to server|could not translate|not found/.test(error.message)) {
      return `pg_dump in a container of ${image.image} could not reach the server: ${error.message}`
    }
    throw toRefusal(error, source)
  }
}

function toRefusal(error: unknown, source: Source): unknown {
  if (!(error instanceof ProgramFailed)) return error
  return captureFailed(
    source.name,
    `pg_dump refused: ${error.message}`,
    /timeout/.test(error.message)
      ? 'Somebody holds a lock on a table: run it again when that is over, or raise --lock-timeout.'
      : 'See that the role may read all tables of the database.',
  )
}
