import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg'
import type pg from 'pg'
import { maskValues } from '../../ground/sql/mask-values.ts'
import type { IdleStatement, Migration, SessionChange } from '../../model/history.ts'
import type { DeployStop } from '../../model/tool.ts'
import { toAdapterError, toEngineError } from './engine-errors.ts'
import { toIdleStatements, withCommandTags } from './idle-statements.ts'
import { loadSchemaEngine } from './load-schema-engine.ts'
import {
  type PrismaAdapter,
  type ReplaySession,
  type SessionPlace,
  withReplaySession,
} from './replay-session.ts'
import { type ScriptFailure, sendScript, type TransactionRule } from './send-script.ts'
import { SessionWatch } from './session-watch.ts'
import { sendUntil } from './stop-script.ts'

/** What became of an attempt to apply. */
export type ApplyResult = {
  /** Migrations that the engine began, in order. */
  readonly started: readonly string[]
  /** What their files left in the session. */
  readonly session: readonly SessionChange[]
} & (
  | { readonly kind: 'applied'; readonly idle: readonly IdleStatement[] }
  | { readonly kind: 'script-failed'; readonly failure: ScriptFailure }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
)

/** Hears the name of a migration before its SQL runs. */
interface StartListener {
  onStart(name: string): void
  /** Its SQL waits for this. */
  beforeEach(name: string): Promise<void>
  /** Where the deploy is made to stop. */
  readonly stopAfter: DeployStop | undefined
  /** Is a lock of Prisma that somebody else holds a refusal, and no error? */
  readonly mayMeet: boolean
}

/** A refusal in Prisma's own words. */
interface Refusal {
  /** P3008 */
  readonly code: string
  readonly message: string
}

/** Prisma's schema engine on one database. */
interface PrismaEngine {
  /** What `prisma migrate deploy` does with a folder that holds these migrations. */
  applyMigrations(staged: readonly Migration[], listener?: StartListener): Promise<ApplyResult>
  /** What `prisma migrate resolve` does: null, or why it refused. */
  resolve(how: 'applied' | 'rolled-back', name: string, staged: readonly Migration[]): Promise<Refusal | null>
}

/** Where the engine works, and how it sends files. */
interface EnginePlace extends SessionPlace {
  readonly rule: TransactionRule
}

/** What is known of a deploy that is under way. */
interface Heard {
  started: string[]
  /** The migration whose file was sent last. */
  running: Migration | null
  staged: readonly Migration[]
  failure: ScriptFailure | null
  idle: IdleStatement[]
  listener: StartListener | null
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
  { rule, ...place }: EnginePlace,
  use: (engine: PrismaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine: Engine, guard } = await loadSchemaEngine().catch((error) => {
    throw toEngineError('load the schema engine', error)
  })
  return withReplaySession(place, async (session) => {
    const watch = await SessionWatch.begin(session.client)
    const heard: Heard = { started: [], running: null, staged: [], failure: null, idle: [], listener: null }
    session.adapter.executeScript = async (script) => {
      const migration = heard.staged.find(({ name }) => name === heard.started.at(-1)) ?? null
      heard.running = migration
      if (migration) await heard.listener?.beforeEach(migration.name)
      try {
        if (migration) await watch.before(migration)
        const stop = heard.listener?.stopAfter
        const send =
          migration && stop?.migration === migration.name
            ? () => sendUntil(session.client, script, rule, stop)
            : () => sendScript(session.client, script, rule)
        const { result, tags } = await withCommandTags(session.client, send)
        heard.failure = result
        if (migration && result === null) {
          heard.idle.push(...(await toIdleStatements(migration, tags)))
          await watch.after(migration)
        }
      } catch (error) {
        session.markLost(error as Error)
        throw error
      }
      if (heard.failure !== null) throw toAdapterError(heard.failure)
    }
    const listen = (line: string) => {
      const name = toStartedMigration(line)
      if (name === null) return
      heard.started.push(name)
      heard.listener?.onStart(name)
    }
    const datamodels: [string, string][] = [['schema.prisma', DATASOURCE]]
    const start = () => Engine.new({ datamodels }, listen, toFactory(session.adapter))
    const engine = await guard(start).catch((error) => {
      throw session.lost() ?? toEngineError('start', error)
    })
    try {
      return await use({
        async applyMigrations(staged, listener) {
          Object.assign(heard, {
            started: [],
            running: null,
            staged,
            failure: null,
            idle: [],
            listener: listener ?? null,
          })
          try {
            const input = { migrationsList: toMigrationList(staged), filters: NO_FILTERS }
            const { appliedMigrationNames: started } = await guard(() => engine.applyMigrations(input))
            return { kind: 'applied', started, idle: heard.idle, session: await watch.tell(null) }
          } catch (error) {
            return toApplyResult(error, session, heard, watch)
          }
        },
        async resolve(how, migrationName, staged) {
          const migrationsList = toMigrationList(staged)
          const mark = () =>
            how === 'applied'
              ? engine.markMigrationApplied({ migrationName, migrationsList })
              : engine.markMigrationRolledBack({ migrationName })
          try {
            await guard(mark)
            return null
          } catch (error) {
            const { code = '', message } = error as { code?: string; message: string }
            if (code.startsWith('P3')) return { code, message }
            throw session.lost() ?? toEngineError(`record ${migrationName} as ${how}`, error)
          }
        },
      })
    } finally {
      engine.free()
    }
  })
}

async function toApplyResult(
  error: unknown,
  session: ReplaySession,
  { started, running, failure, listener }: Heard,
  watch: SessionWatch,
): Promise<ApplyResult> {
  if (failure !== null) {
    return { kind: 'script-failed', started, failure, session: await watch.tell(failure.error.code ?? null) }
  }
  const lost = session.lost()
  if (lost !== null) throw lost
  const { code, message } = error as { code?: string; message: string }
  // P3xxx are Prisma's refusals of the history; P1002 is said of an advisory lock that another deploy holds.
  if (code?.startsWith('P3') || (code === 'P1002' && listener?.mayMeet))
    return { kind: 'refused', started, code, message, session: await watch.tell(null) }
  // After a file ran, the engine only reads and writes its history: it has nothing else to fail at.
  const refusal = session.refusal()
  if (running === null || (refusal === null && code !== 'P1014'))
    throw toEngineError('apply migrations', error)
  watch.blame(running)
  const told = refusal === null ? { code: code ?? '', message } : toTold(refusal)
  return { kind: 'refused', started, ...told, session: await watch.tell(null) }
}

function toTold(refusal: pg.DatabaseError): { readonly code: string; readonly message: string } {
  const { code = '', message } = refusal
  return { code, message: maskValues(code, { message, detail: null, hint: null }).message }
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
