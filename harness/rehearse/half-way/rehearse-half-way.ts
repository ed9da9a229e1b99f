import { listStatements } from '../../ground/sql/list-statements.ts'
import type { RehearsedDatabase } from '../../model/ports.ts'
import type { FailedRecovery, HalfWayRehearsal, Recovery, RehearsedStop } from '../../model/rehearsal.ts'
import type { StopGroup } from '../../model/tool.ts'
import { shortenStatement } from '../shorten-statement.ts'
import { planWalks, type StopPoint, type StoppableMigration, toAttempts } from './plan-walks.ts'
import { type RestOfFile, toRest } from './to-rest.ts'
import { tryRecovery } from './try-recovery.ts'
import { type WalkedPoint, walkThrough } from './walk-through.ts'

/** A phase whose deploy is stopped. */
interface HalfWayPlace {
  /** In the order in which they are applied. */
  readonly migrations: readonly StoppableMigration[]
  /** The script that undoes the phase; null where there is none. */
  readonly rollback: string | null
  /** Runs `use` with a clone of the state before the phase. */
  open<T>(use: (database: RehearsedDatabase) => Promise<T>): Promise<T>
}

/** The place, with the rest of each file behind each group of stops. */
interface HalfWayGround extends HalfWayPlace {
  readonly rests: ReadonlyMap<StopGroup, RestOfFile>
}

/** How one stop ended. */
interface Ending {
  readonly recovery: Recovery | null
  readonly failed: readonly FailedRecovery[]
}

/**
 * Stops a deploy in every migration wherever something else remains of it, killed and failing, recovers, and requires the state after the
 * phase. What is one transaction is stopped once. Costs one clone per walk, and one per recovery where a walk does not come through.
 * @throws postgres-lost, engine-failed
 */
export async function rehearseHalfWay(place: HalfWayPlace): Promise<HalfWayRehearsal> {
  const endings = new Map<StopPoint, Ending>()
  const ground = { ...place, rests: await listRests(place.migrations) }
  for (const walk of planWalks(place.migrations)) await makeWalk(ground, walk, endings)
  return { stops: await describeStops(ground, endings) }
}

async function listRests(
  migrations: readonly StoppableMigration[],
): Promise<ReadonlyMap<StopGroup, RestOfFile>> {
  const rests = new Map<StopGroup, RestOfFile>()
  for (const { sql, groups } of migrations) {
    for (const group of groups) {
      const rest = group.committed > 0 ? await toRest(sql, group.committed) : null
      if (rest) rests.set(group, rest)
    }
  }
  return rests
}

/** A migration that nobody can recover is not stopped again: one reason is enough. */
async function makeWalk(
  place: HalfWayGround,
  walk: readonly StopPoint[],
  endings: Map<StopPoint, Ending>,
): Promise<void> {
  let left = walk
  while (left.length > 0) {
    left = left.filter(({ migration }) => !isLost(migration, endings))
    const walked = left.flatMap((point): WalkedPoint[] => {
      const [recovery] = orderAttempts(place, point, endings)
      return recovery === 'applied' || recovery === 'rolled-back' || recovery === 'finish'
        ? [{ point, recovery, rest: place.rests.get(point.group) ?? null }]
        : []
    })
    const broken = walked.length === 0 ? null : await place.open((clone) => walkThrough(clone, walked))
    if (broken === null) {
      for (const { point, recovery } of walked) endings.set(point, { recovery, failed: [] })
    }
    const apart = left.filter((point) => broken === 'end' || !walked.some((other) => other.point === point))
    for (const point of broken === null || broken === 'end' ? apart : [broken, ...apart]) {
      if (!isLost(point.migration, endings)) endings.set(point, await recover(place, point, endings))
    }
    left = left.filter((point) => !endings.has(point))
  }
}

async function recover(
  place: HalfWayGround,
  point: StopPoint,
  endings: ReadonlyMap<StopPoint, Ending>,
): Promise<Ending> {
  const failed: FailedRecovery[] = []
  for (const recovery of orderAttempts(place, point, endings)) {
    const scripts = { rollback: place.rollback, rest: place.rests.get(point.group) ?? null }
    const says = await place.open((clone) => tryRecovery(clone, point, recovery, scripts))
    if (says === null) return { recovery, failed }
    failed.push({ recovery, says })
  }
  return { recovery: null, failed }
}

/** What led on from the same remains comes first, and then what a part of another file of the phase needed. */
function orderAttempts(
  { rollback, rests }: HalfWayGround,
  { migration, group }: StopPoint,
  endings: ReadonlyMap<StopPoint, Ending>,
): readonly Recovery[] {
  const hasRest = rests.has(group)
  const attempts = toAttempts(group, rollback !== null, hasRest)
  const known = [...endings].find(([point]) => point.migration === migration && point.group === group)?.[1]
    .recovery
  const isFinished = [...endings.values()].some(({ recovery }) => recovery === 'finish')
  const first = known ?? (hasRest && isFinished ? 'finish' : null)
  return first ? [first, ...attempts.filter((recovery) => recovery !== first)] : attempts
}

function toRestLine(rest: RestOfFile | undefined): Pick<RehearsedStop, 'restLine'> {
  return rest ? { restLine: rest.line } : {}
}

function isLost(migration: string, endings: ReadonlyMap<StopPoint, Ending>): boolean {
  return [...endings].some(([point, { recovery }]) => point.migration === migration && recovery === null)
}

async function describeStops(
  { migrations, rests }: HalfWayGround,
  endings: ReadonlyMap<StopPoint, Ending>,
): Promise<RehearsedStop[]> {
  const stops: RehearsedStop[] = []
  for (const { name, file, sql, groups } of migrations) {
    const statements = (await listStatements(sql)) ?? []
    for (const group of groups) {
      const ended = [...endings].filter(([point]) => point.migration === name && point.group === group)
      const isBuilding = statements
        .slice(group.from, group.to + 1)
        .some(({ text }) => /\bCONCURRENTLY\b/i.test(text))
      // Two ways to stop that leave the same may still want different recoveries.
      for (const recovery of new Set(ended.map(([, ending]) => ending.recovery))) {
        const same = ended.filter(([, ending]) => ending.recovery === recovery)
        stops.push({
          ...group,
          migration: name,
          file,
          how: same.map(([{ how }]) => how),
          line: statements[group.to]?.line ?? null,
          ...toRestLine(rests.get(group)),
          remains: statements
            .slice(0, group.committed)
            .map(({ line, text }) => `line ${line}: ${shortenStatement(text)}`),
          ...(isBuilding && { isBuilding }),
          recovery,
          failed: same[0]?.[1].failed ?? [],
        })
      }
    }
  }
  return stops
}
