import type { Recovery } from '../../model/rehearsal.ts'
import type { DeployStop, StopGroup } from '../../model/tool.ts'

/** A place where a deploy is stopped, and the group of places that it stands for. */
export interface StopPoint extends DeployStop {
  readonly group: StopGroup
}

/** A migration with the places where a deploy of it can stop. */
export interface StoppableMigration {
  readonly name: string
  readonly file: string
  readonly sql: string
  readonly groups: readonly StopGroup[]
}

/**
 * Orders all stops of a phase into walks: a walk stops in each migration in turn, goes on, and ends after the last. The nth walk takes
 * the nth group of every migration; the first one takes the end of each, too.
 */
export function planWalks(migrations: readonly StoppableMigration[]): readonly (readonly StopPoint[])[] {
  const walks: StopPoint[][] = []
  for (const { name, groups } of migrations) {
    const end = groups.at(-1)
    const isEnd = (group: StopGroup) => group === end && group.from === group.of
    for (const [at, group] of groups.filter((one) => !isEnd(one)).entries()) {
      const walk = walks[at] ?? []
      walks[at] = walk
      walk.push(...toPoints(name, group))
      if (at === 0 && end && isEnd(end)) walk.push(toPoint(name, end, 'killed', end.of))
    }
  }
  return walks
}

/**
 * Recoveries in the order in which a person would try them, by what remains of the migration.
 * @param hasRest the rest of the file can be run by itself
 */
export function toAttempts(
  { committed, of }: StopGroup,
  hasRollback: boolean,
  hasRest: boolean,
): readonly Recovery[] {
  const attempts: Recovery[] =
    committed === of
      ? ['applied', 'rolled-back']
      : committed === 0
        ? ['rolled-back']
        : ['rolled-back', 'applied']
  if (hasRollback) attempts.push('rollback', 'rollback-rolled-back')
  return hasRest ? [...attempts, 'finish'] : attempts
}

function toPoints(name: string, group: StopGroup): StopPoint[] {
  // The last statement of a group has the most to undo.
  const failing = Math.min(group.to, group.of - 1)
  return [
    toPoint(name, group, 'killed', group.to),
    ...(failing >= group.from ? [toPoint(name, group, 'failing', failing)] : []),
  ]
}

function toPoint(migration: string, group: StopGroup, how: StopPoint['how'], after: number): StopPoint {
  return { migration, after, how, group }
}
