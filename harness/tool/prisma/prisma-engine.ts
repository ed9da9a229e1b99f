import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg'
import type { Migration } from '../../model/history.ts'
import { toAdapterError, toEngineError } from './engine-errors.ts'
import { loadSchemaEngine } from './load-schema-engine.ts'
import { type PrismaAdapter, type ReplaySession, withReplaySession } from './replay-session.ts'
import { type ScriptFailure, sendScript, type TransactionRule } from './send-script.ts'

/** What became of an attempt to apply. `started` are the migrations that the engine began, in order. */
export type ApplyResult =
  | { readonly kind: 'applied'; readonly names: readonly string[] }
  | { readonly kind: 'script-failed'; readonly started: readonly string[]; readonly failure: ScriptFailure }
  | {
      readonly kind: 'refused'
      readonly started: readonly string[]
      readonly code: string
      readonly message: string
    }

/** Hears the name of a migration before its SQL runs. */
type StartListener = (name: string) => void

/** Prisma's schema engine on one database. */
interface PrismaEngine {
  /** What `prisma migrate deploy` does with a folder that holds these migrations. */
  applyMigrations(staged: readonly Migration[], onStart?: StartListener): Promise<ApplyResult>
}

/** The engine wants a schema file also where only migrations matter. */
const DATASOURCE = 'datasource db {\n  provider = "postgresql"\n}\n'
const NO_FILTERS = { externalTables: [], externalEnums: [] }

/**
 * Runs `use` with Prisma's schema engine on a session of its own, which is ended on every path, so that neither the session nor Prisma's
 * advisory lock outlives it. Migration files are sent by `rule`.
 * @throws postgres-lost, engine-failed
 */
export async function withPrismaEngine<T>(
  connectionString: string,
  rule: TransactionRule,
  use: (engine: PrismaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine: Engine, guard } = await loadSchemaEngine().catch((error) => {
    throw toEngineError('load the schema engine', error)
  })
  return withReplaySession(connectionString, async (session) => {
    const heard = {
      started: [] as string[],
      failure: null as ScriptFailure | null,
      onStart: noop as StartListener,
    }
    session.adapter.executeScript = async (script) => {
      const failure = await sendScript(session.client, script, rule).catch((error) => {
        session.markLost(error)
        throw error
      })
      if (failure === null) return
      heard.failure = failure
      throw toAdapterError(failure)
    }
    const listen = (line: string) => {
      const name = toStartedMigration(line)
      if (name === null) return
      heard.started.push(name)
      heard.onStart(name)
    }
    const datamodels: [string, string][] = [['schema.prisma', DATASOURCE]]
    const start = () => Engine.new({ datamodels }, listen, toFactory(session.adapter))
    const engine = await guard(start).catch((error) => {
      throw session.lost() ?? toEngineError('start', error)
    })
    try {
      return await use({
        async applyMigrations(staged, onStart = noop) {
          Object.assign(heard, { started: [], failure: null, onStart })
          try {
            const input = { migrationsList: toMigrationList(staged), filters: NO_FILTERS }
            const { appliedMigrationNames: names } = await guard(() => engine.applyMigrations(input))
            return { kind: 'applied', names }
          } catch (error) {
            return toApplyResult(error, session, heard)
          }
        },
      })
    } finally {
      engine.free()
    }
  })
}

function noop(): void {}

function toApplyResult(
  error: unknown,
  session: ReplaySession,
  { started, failure }: { started: readonly string[]; failure: ScriptFailure | null },
): ApplyResult {
  if (failure !== null) return { kind: 'script-failed', started, failure }
  const lost = session.lost()
  if (lost !== null) throw lost
  const { code, message } = error as { code?: string; message: string }
  // P3xxx are Prisma's refusals of the history. After a script ran, P1014 says that it left Prisma unable to see its own table.
  if (code?.startsWith('P3') || (code === 'P1014' && started.length > 0)) {
    return { kind: 'refused', started, code, message }
  }
  throw toEngineError('apply migrations', error)
}

function toMigrationList(staged: readonly Migration[]): MigrationList {
  return {
    baseDir: '',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: staged.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}

function toFactory(adapter: PrismaAdapter): object {
  return bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: adapter.adapterName,
    connect: async () => adapter,
    connectToShadowDb: async () => {
      throw new Error('a replay has no shadow database')
    },
  })
}

/** The engine's log is the only place where it names a migration before it sends the script. */
function toStartedMigration(line: string): string | null {
  const entry = JSON.parse(line) as { fields?: { message?: string }; span?: { migration_name?: string } }
  const name = entry.span?.migration_name
  return name !== undefined && entry.fields?.message?.startsWith('Applying `') ? name : null
}
