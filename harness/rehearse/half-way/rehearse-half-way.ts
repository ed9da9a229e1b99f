import { listStatements } from '../../ground/sql/list-statements.ts'
import type { RehearsedDatabase } from '../../model/ports.ts'
import type { FailedRecovery, HalfWayRehearsal, Recovery, RehearsedStop } from '../../model/rehearsal.ts'
import { shortenStatement } from '../shorten-statement.ts'
import { planWalks, type StopPoint, type StoppableMigration, toAttempts } from './plan-walks.ts'
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
  for (const walk of planWalks(place.migrations)) await makeWalk(place, walk, endings)
  const files = new Map(place.migrations.map((migration) => [migration.name, migration]))
  return { stops: await describeStops(files, endings) }
}

/** A migration that nobody can recover is not stopped again: one reason is enough. */
async function makeWalk(
  place: HalfWayPlace,
  walk: readonly StopPoint[],
  endings: Map<StopPoint, Ending>,
): Promise<void> {
  let left = walk
  while (left.length > 0) {
    left = left.filter(({ migration }) => !isLost(migration, endings))
    const walked = left.flatMap((point): WalkedPoint[] => {
      const [recovery] = orderAttempts(place, point, endings)
      return recovery === 'applied' || recovery === 'rolled-back' ? [{ point, recovery }] : []
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
  place: HalfWayPlace,
  point: StopPoint,
  endings: ReadonlyMap<StopPoint, Ending>,
): Promise<Ending> {
  const failed: FailedRecovery[] = []
  for (const recovery of orderAttempts(place, point, endings)) {
    const says = await place.open((clone) => tryRecovery(clone, point, recovery, place.rollback))
    if (says === null) return { recovery, failed }
    failed.push({ recovery, says })
  }
  return { recovery: null, failed }
}

/** What led on from the same remains comes first. */
function orderAttempts(
  { rollback }: HalfWayPlace,
  { migration, group }: StopPoint,
  endings: ReadonlyMap<StopPoint, Ending>,
): readonly Recovery[] {
  const attempts = toAttempts(group, rollback !== null)
  const known = [...endings].find(([point]) => point.migration === migration && point.group === group)?.[1]
    .recovery
  return known ? [known, ...attempts.filter((recovery) => recovery !== known)] : attempts
}

function isLost(migration: string, endings: ReadonlyMap<StopPoint, Ending>): boolean {
  return [...endings].some(([point, { recovery }]) => point.migration === migration && recovery === null)
}

async function describeStops(
  files: ReadonlyMap<string, StoppableMigration>,
  endings: ReadonlyMap<StopPoint, Ending>,
): Promise<RehearsedStop[]> {
  const stops: RehearsedStop[] = []
  for (const { name, file, sql, groups } of files.values()) {
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
