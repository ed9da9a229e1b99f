import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { toSha256 } from '../../ground/file-digest.ts'
import { inspectCatalogs } from '../../inspect/inspect-catalogs.ts'
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
  /** The effects of all together are asked for, under the name of the first. */
  readonly isOne?: boolean
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

function toKey(
  { all, order, wanted, isOne = false }: Line,
  { tool, server, migrator = '' }: MeasurePlace,
): string {
  const { name, order: sorting, transactionRule, namespace = '' } = tool.rules
  const files = order.map((entry) => [
    entry,
    all.find((one) => one.name === entry)?.checksum,
    wanted.has(entry),
  ])
  const rules = [name, sorting, transactionRule, namespace, migrator, server.version.text]
  return toSha256(JSON.stringify([harnessDigest('history'), rules, files, isOne]))
}

async function replayLine(line: Line, database: string, place: MeasurePlace): Promise<LinearEffects> {
  const states = readStates(database, place)
  const effects: MigrationEffects[] = []
  const { order, wanted, isOne = false } = line
  const isAsked = (name: string) => {
    const position = order.indexOf(name)
    return isOne ? position === 0 : wanted.has(name) || wanted.has(order[position - 1] ?? '')
  }
  for (const names of toDeploys(line)) {
    const broken = await deploy(names, line, database, place, async (name) => {
      place.progress.count('history: effects of migrations', effects.length, line.wanted.size)
      if (isAsked(name)) await states.read(name)
    })
    if (isOne && !broken && names.at(-1) !== order.at(-1)) continue
    await states.read(null)
    effects.push(...states.take(wanted))
    if (broken) return { effects: effects.filter(({ migration }) => migration !== broken.migration), broken }
  }
  return { effects, broken: null }
}

/** Names that one deploy applies in this order: it goes by the order of the tool. */
function toDeploys({ all, order }: Line): string[][] {
  const deploys: string[][] = []
  let last = Number.POSITIVE_INFINITY
  for (const name of order) {
    const position = all.findIndex((one) => one.name === name)
    if (position < last) deploys.push([])
    deploys.at(-1)?.push(name)
    last = position
  }
  return deploys
}

/** States of the catalog before migrations, each read while the deploy waits. */
function readStates(database: string, { tool, server }: MeasurePlace) {
  const states: { readonly before: string | null; readonly facts: Facts }[] = []
  let fault: Error | null = null
  return {
    /** @param before name of the migration that comes next; null: none */
    async read(before: string | null): Promise<void> {
      try {
        const { schema } = await inspectCatalogs(server.connectionString(database), tool)
        states.push({ before, facts: listFacts(schema) })
      } catch (error) {
        // An error within a deploy would pass for the tool's own.
        fault ??= error as Error
      }
    },
    /** The effects between the states read so far. */
    take(wanted: ReadonlySet<string>): MigrationEffects[] {
      if (fault) throw fault
      const taken = states.slice(1).map(({ facts }, position) => ({ before: states[position], facts }))
      states.splice(0)
      return taken.flatMap(({ before, facts }) =>
        before?.before != null && wanted.has(before.before)
          ? [toEffects(before.before, before.facts, facts)]
          : [],
      )
    },
  }
}

async function deploy(
  names: readonly string[],
  { all, order }: Line,
  database: string,
  { tool, server, migrator }: MeasurePlace,
  beforeEach: (name: string) => Promise<void>,
): Promise<MigrationFailure | null> {
  const done = order.slice(0, order.indexOf(names.at(-1) ?? '') + 1)
  const { failure } = await tool.apply({
    connectionString: server.connectionString(database, migrator),
    migrations: stagePhase(all, done, []),
    expectedNew: names,
    beforeEach,
  })
  if (failure) assertServerHas(failure, all, server.version.major)
  return failure
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
