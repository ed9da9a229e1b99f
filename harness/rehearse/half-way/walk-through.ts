import type { RehearsedDatabase } from '../../model/ports.ts'
import type { StopPoint } from './plan-walks.ts'
import type { RestOfFile } from './to-rest.ts'
import { record } from './try-recovery.ts'

/** A stop, and the recovery that is expected to lead on from it. */
export interface WalkedPoint {
  readonly point: StopPoint
  readonly recovery: 'rolled-back' | 'applied' | 'finish'
  readonly rest: RestOfFile | null
}

/**
 * Stops a deploy at each point, recovers and goes on to the next, all on one clone.
 * @returns null when this ends in the state after the phase; else the point that did not lead on, or `end` when that is not known
 * @throws postgres-lost, engine-failed
 */
export async function walkThrough(
  database: RehearsedDatabase,
  walk: readonly WalkedPoint[],
): Promise<StopPoint | 'end' | null> {
  let failure = await database.deploy(toStop(walk[0]?.point))
  for (const [at, { point, recovery, rest }] of walk.entries()) {
    if (!failure?.isAskedFor || failure.migration !== point.migration) return walk[at - 1]?.point ?? point
    if (await record(database, point.migration, recovery, rest)) return point
    const next = walk[at + 1]?.point
    failure = (await database.deployAgain(toStop(next))).failure
    if (failure && !failure.isAskedFor) return failure.migration === point.migration ? point : 'end'
  }
  return (await database.compareWith('after')).length === 0 ? null : 'end'
}

function toStop(point: StopPoint | undefined) {
  if (point === undefined) return {}
  const { migration, after, how } = point
  return { stopAfter: { migration, after, how } }
}
