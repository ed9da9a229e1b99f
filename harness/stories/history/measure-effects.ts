import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { toSha256 } from '../../ground/file-digest.ts'
import { inspectDatabase } from '../../inspect/inspect-database.ts'
import { type Facts, listFacts, toEffects } from '../../judge/history/list-facts.ts'
import type { Migration, MigrationFailure } from '../../model/history.ts'
import type { LinearEffects, MigrationEffects } from '../../model/history-audit.ts'
import type { PostgresServer, Progress } from '../../model/ports.ts'
import type { MigrationTool } from '../../model/tool.ts'
import { stagePhase } from '../../tool/stage-phase.ts'
import { assertServerHas } from '../assert-server-has.ts'
import type { Checkpoints } from '../checkpoints.ts'
import { harnessDigest } from '../harness-digest.ts'

/** Where effects are measured. */
export interface MeasurePlace {
  readonly tool: MigrationTool
  readonly server: PostgresServer
  readonly checkpoints: Checkpoints
  readonly cacheFolder: string
  readonly progress: Progress
  /** Role that applies migrations; left out: the superuser. */
  readonly migrator?: string | undefined
  /** Names the roles that the migrations start with while `measure` replays them, and brings back what was there. */
  readonly around: <T>(measure: () => Promise<T>) => Promise<T>
}

/** Migrations in the order in which they are replayed. */
export interface Line {
  /** In the order of the tool. */
  readonly all: readonly Migration[]
  /** Names in the order of their replay. */
  readonly order: readonly string[]
  /** Names of those whose effects are asked for; the others are replayed all the same. */
  readonly wanted: ReadonlySet<string>
}

/**
 * Replays migrations one by one on an empty database and takes what each does to the catalog. What the same files gave under the same
 * rules is read from the cache.
 * @throws postgres-lost, engine-failed
 */
export async function measureEffects(line: Line, place: MeasurePlace): Promise<LinearEffects> {
  if (line.wanted.size === 0) return { effects: [], broken: null }
  const file = join(place.cacheFolder, 'effects', `${toKey(line, place)}.json`)
  const known = readKnown(file)
  if (known) return known
  const measured = await place.around(() =>
    place.checkpoints.withScratch(null, (_url, database) => replayLine(line, database, place)),
  )
  writeKnown(file, measured)
  return measured
}

function toKey({ all, order, wanted }: Line, { tool, server, migrator = '' }: MeasurePlace): string {
  const { name, order: sorting, transactionRule, namespace = '' } = tool.rules
  const files = order.map((entry) => [
    entry,
    all.find((one) => one.name === entry)?.checksum,
    wanted.has(entry),
  ])
  const rules = [name, sorting, transactionRule, namespace, migrator, server.version.text]
  return toSha256(JSON.stringify([harnessDigest('history'), rules, files]))
}

async function replayLine(
  { all, order, wanted }: Line,
  database: string,
  place: MeasurePlace,
): Promise<LinearEffects> {
  const effects: MigrationEffects[] = []
  const done: string[] = []
  let facts: Facts | null = null
  for (const name of order) {
    const isWanted = wanted.has(name)
    // What nobody asks for goes with the next that somebody asks for, in one deploy before it.
    if (!isWanted) {
      done.push(name)
      facts = null
      continue
    }
    if (facts === null) {
      const failure = await deploy(done, all, database, place)
      if (failure) return { effects, broken: failure }
      facts = await fetchFacts(database, place)
    }
    place.progress.count('history: effects of recorded migrations', effects.length + 1, wanted.size)
    done.push(name)
    const failure = await deploy(done, all, database, place)
    if (failure) return { effects, broken: failure }
    const after = await fetchFacts(database, place)
    effects.push(toEffects(name, facts, after))
    facts = after
  }
  return { effects, broken: null }
}

async function deploy(
  names: readonly string[],
  all: readonly Migration[],
  database: string,
  { tool, server, migrator }: MeasurePlace,
): Promise<MigrationFailure | null> {
  if (names.length === 0) return null
  const { failure } = await tool.apply({
    connectionString: server.connectionString(database, migrator),
    migrations: stagePhase(all, names, []),
    expectedNew: names,
  })
  if (failure) assertServerHas(failure, all, server.version.major)
  return failure
}

async function fetchFacts(database: string, { tool, server }: MeasurePlace): Promise<Facts> {
  return listFacts((await inspectDatabase(server.connectionString(database), tool)).schema)
}

function readKnown(file: string): LinearEffects | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LinearEffects
  } catch {
    return null
  }
}

function writeKnown(file: string, measured: LinearEffects): void {
  mkdirSync(dirname(file), { recursive: true })
  const beside = `${file}.${process.pid}.new`
  writeFileSync(beside, JSON.stringify(measured))
  renameSync(beside, file)
}
