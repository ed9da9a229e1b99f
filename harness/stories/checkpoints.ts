import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toSha256 } from '../ground/file-digest.ts'
import { observeContent } from '../inspect/content/observe-content.ts'
import { inspectDatabase } from '../inspect/inspect-database.ts'
import type { Checkpoint } from '../model/checkpoint.ts'
import type { Surroundings } from '../model/cluster.ts'
import type { Content } from '../model/content.ts'
import type { ReplayOutcome } from '../model/history.ts'
import type { NewDatabase, PostgresServer } from '../model/ports.ts'
import type { DatabaseConditions } from '../model/snapshot.ts'
import type { MigrationHistory } from '../model/tool.ts'

/** What is stored of a checkpoint. */
type StoredState = Omit<Checkpoint, 'key' | 'database'>

/** A checkpoint and the replay that led to it; null for the state a scenario starts from. */
export interface StoredCheckpoint {
  readonly checkpoint: Checkpoint
  readonly replay: ReplayOutcome | null
  /** Roles that exist in this state, and what its replay changed outside of the database. */
  readonly surroundings: Surroundings
}

/** What was built in a database: the replay, null where there was none, and what it left outside. */
export type Built = Pick<StoredCheckpoint, 'replay' | 'surroundings'>

/** What making a checkpoint came to: sealed, or left open because its replay failed. */
interface MadeCheckpoint extends StoredCheckpoint {
  readonly sealed: boolean
}

/** The checkpoints of one scenario on one server: sealed template databases, found again by key. */
export interface Checkpoints {
  /** The sealed database of that key, if it is complete and its stored evidence is what was sealed. */
  find(key: string): Promise<StoredCheckpoint | null>
  /**
   * Makes the database of a key as a clone of `before` (or empty), lets `build` change it, inspects it with the history of `tool`,
   * compares what its tables hold, and seals it unless the replay failed. On an error nothing is left behind.
   */
  make(
    key: string,
    before: Checkpoint | null,
    tool: MigrationHistory,
    build: (url: string, database: string) => Promise<Built>,
  ): Promise<MadeCheckpoint>
  /** Runs `use` with the connection string of a database of our own, a clone or empty, which is gone afterwards; `name` is that of an earlier one. */
  withScratch<T>(
    template: string | null,
    use: (url: string, database: string) => Promise<T>,
    name?: string,
  ): Promise<T>
  /** Makes a clone for whoever drops it; what is never dropped goes with the next run. */
  makeClone(template: string): Promise<{
    readonly database: string
    readonly url: string
    readonly appUrl: string
    drop(): Promise<void>
  }>
  /** Closes a database whose replay failed, so that it can be cloned. It is no checkpoint: nothing finds it again. */
  sealFailed(database: string): Promise<void>
  /** Drops checkpoints of this scenario whose key is not among these, and clones that a run left behind, half-made ones too. */
  forgetAllBut(keys: readonly string[]): Promise<void>
  /**
   * Keeps a phase's database where a person finds it, as `phaseproof_kept_<scenario>_phase_<n>`: a clone; an unsealed original
   * goes. Returns the name.
   */
  keep(database: string, sealed: boolean, phase: number): Promise<string>
  /** Drops what an earlier run kept of this phase. */
  forgetKept(phase: number): Promise<void>
}

/** Roles of a scenario as its checkpoints need them. */
interface CheckpointRoles {
  /** Owner of all its databases; null: the superuser. */
  readonly owner: string | null
  /** Role by which servers connect; null: the superuser. */
  readonly app: string | null
}

/**
 * Opens the checkpoints of a scenario. Evidence is stored in `cacheFolder`, its digest in the mark of the sealed database:
 * only what both agree on is believed. A database without a template is made by `conditions`.
 */
export function openCheckpoints(
  server: PostgresServer,
  scenario: string,
  cacheFolder: string,
  { owner: databaseOwner, app }: CheckpointRoles = { owner: null, app: null },
  conditions?: DatabaseConditions,
): Checkpoints {
  const slug = scenario
    .replaceAll(/[^a-z0-9]+/gi, '_')
    .toLowerCase()
    .slice(0, 20)
  const id = toSha256(scenario).slice(0, 6)
  const owner = `${slug}_${id}`
  const checkpointName = `phaseproof_cp_${id}_`
  const cloneName = `phaseproof_clone_${owner}_`
  const nameOf = (key: string) => `${checkpointName}${key.slice(0, 32)}`
  const keptName = (phase: number) => `phaseproof_kept_${owner}_phase_${phase}`
  // Named by its digest: two runs at once make the same state on two servers, each with times of its own.
  const evidenceFile = (digest: string) => join(cacheFolder, 'evidence', `${digest}.json`)
  const belongs = databaseOwner === null ? {} : { owner: databaseOwner }
  const scratchName = () => `${cloneName}${randomBytes(4).toString('hex')}`

  async function withNew<T>(
    name: string,
    template: string | null,
    { mark, isShortLived = false }: Omit<NewDatabase, 'template' | 'owner'>,
    use: (url: string, database: string) => Promise<T>,
  ): Promise<T> {
    await server.dropDatabase(name)
    await server.createDatabase(name, {
      mark,
      isShortLived,
      ...belongs,
      ...(template === null ? conditions && { conditions } : { template }),
    })
    try {
      return await use(server.connectionString(name), name)
    } catch (error) {
      await server.dropDatabase(name).catch(() => {})
      throw error
    }
  }

  async function withScratch<T>(
    template: string | null,
    use: (url: string, database: string) => Promise<T>,
    name = scratchName(),
  ): Promise<T> {
    const result = await withNew(name, template, { mark: `clone ${owner}`, isShortLived: true }, use)
    await server.dropDatabase(name)
    return result
  }

  async function observe(
    url: string,
    before: Checkpoint | null,
    { historyTable }: MigrationHistory,
  ): Promise<Content> {
    if (before === null) return observeContent(url, historyTable, null)
    // A sealed database takes no connections, so the state before is read on a clone.
    return observeContent(url, historyTable, {
      tables: before.content.tables,
      open: (use) => withScratch(before.database, use),
    })
  }

  return {
    async find(key) {
      const name = nameOf(key)
      const known = (await server.listDatabases()).find((entry) => entry.name === name)
      if (!known) return null
      const digest = known.mark.split(' ').at(-1) ?? ''
      const text = known.sealed && /^[0-9a-f]{64}$/.test(digest) ? readStored(evidenceFile(digest)) : null
      if (text === null || toSha256(text) !== digest || known.mark !== toMark(owner, key, digest)) {
        await server.dropDatabase(name)
        return null
      }
      const { state, ...built } = JSON.parse(text) as Built & { state: StoredState }
      return { checkpoint: { key, database: name, ...state }, ...built }
    },

    make: (key, before, tool, build) =>
      withNew(nameOf(key), before?.database ?? null, { mark: `building ${owner}` }, async (url, database) => {
        const { replay, surroundings } = await build(url, database)
        const sealed = replay === null || replay.failure === null
        const content = sealed ? await observe(url, before, tool) : { tables: [], changes: [] }
        const state: StoredState = { ...(await inspectDatabase(url, tool)), content }
        if (sealed) {
          const text = JSON.stringify({ state, replay, surroundings })
          const digest = toSha256(text)
          writeStored(evidenceFile(digest), text)
          await server.sealDatabase(nameOf(key), toMark(owner, key, digest))
        }
        return { checkpoint: { key, database, ...state }, replay, surroundings, sealed }
      }),

    withScratch,

    async makeClone(template) {
      const name = scratchName()
      await server.createDatabase(name, { mark: `clone ${owner}`, template, isShortLived: true, ...belongs })
      const url = server.connectionString(name)
      return {
        database: name,
        url,
        appUrl: app === null ? url : server.connectionString(name, app),
        drop: () => server.dropDatabase(name),
      }
    },

    sealFailed: (database) => server.sealDatabase(database, `failed ${owner}`),

    async forgetAllBut(keys) {
      const wanted = new Set(keys.map(nameOf))
      for (const { name, mark } of await server.listDatabases()) {
        const ours =
          [`building ${owner}`, `failed ${owner}`, `clone ${owner}`].includes(mark) ||
          mark.startsWith(`checkpoint ${owner} `)
        const halfMade = mark === '' && [cloneName, checkpointName].some((begin) => name.startsWith(begin))
        if (halfMade || (ours && !wanted.has(name))) await server.dropDatabase(name)
      }
      if (server.persistent) removeUnknown(join(cacheFolder, 'evidence'), await server.listDatabases())
    },

    async keep(database, sealed, phase) {
      const name = keptName(phase)
      await server.dropDatabase(name)
      if (!sealed) await this.sealFailed(database)
      await server.createDatabase(name, { mark: `kept ${owner}`, template: database })
      if (!sealed) await server.dropDatabase(database)
      return name
    },

    forgetKept: (phase) => server.dropDatabase(keptName(phase)),
  }
}

function toMark(owner: string, key: string, digest: string): string {
  return `checkpoint ${owner} ${key} ${digest}`
}

function readStored(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function writeStored(file: string, text: string): void {
  mkdirSync(join(file, '..'), { recursive: true })
  const beside = `${file}.${process.pid}.new`
  writeFileSync(beside, text)
  renameSync(beside, file)
}

/** Removes stored evidence that no database of this server is sealed with. */
function removeUnknown(folder: string, databases: readonly { readonly mark: string }[]): void {
  const known = new Set(databases.map(({ mark }) => `${mark.split(' ').at(-1)}.json`))
  const files = existsSync(folder) ? readdirSync(folder) : []
  for (const file of files.filter((name) => !known.has(name))) rmSync(join(folder, file), { force: true })
}
