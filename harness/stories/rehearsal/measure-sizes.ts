import type { CostAtSize } from '../../model/cost.ts'
import type { ScenarioRun } from '../../model/run.ts'
import type { ScaledRows } from '../../snapshot/scale/to-scaled-rows.ts'
import { readSnapshotOf } from '../read-snapshot-of.ts'
import { type ReplayPlace, type ReplayRequest, replayScenario } from '../replay-scenario.ts'

/**
 * Where a run multiplies rows: the same phases on the snapshot as it is and halfway to its size, of which only the cost is measured.
 * It costs two replays.
 * @throws everything `replayScenario` throws
 */
export async function measureSmaller(
  request: ReplayRequest,
  place: Omit<ReplayPlace, 'takeCluster'>,
): Promise<readonly ScenarioRun[]> {
  const { scenario, scale, ...rest } = request
  if (scale === undefined) return []
  const { snapshot, scaled } = await readSnapshotOf(scenario, place.projectRoot, scale)
  if (!snapshot || !scaled) return []
  const rows = (label: string) =>
    snapshot.manifest.tables.find((table) => `${table.namespace}.${table.name}` === label)?.rows ?? 0
  const runs: ScenarioRun[] = []
  // What cannot be multiplied is refused at the first of them, before a state of the snapshot as it is gives way to another.
  for (const smaller of [toHalfway(scaled, rows), undefined]) {
    place.progress.step(`cost at ${smaller === undefined ? 'the size of the snapshot' : smaller}:`)
    const { server, projectRoot, cacheFolder, progress } = place
    const wish = { ...rest, scenario, keep: 'nothing' as const, experiments: ['cost'] as const }
    runs.push(
      await replayScenario(smaller === undefined ? wish : { ...wish, scale: smaller }, {
        server,
        projectRoot,
        cacheFolder,
        progress,
      }),
    )
  }
  return runs
}

/** As many times the rows of the snapshot as the asked size has times these. */
function toHalfway(scaled: ScaledRows, rows: (label: string) => number): string {
  return Object.entries(scaled)
    .map(([label, target]) => `${label}=${Math.round(Math.sqrt(rows(label) * target))}`)
    .join()
}

/** The run with what its phases cost at smaller sizes beside what they cost at its own. */
export function withSizes(run: ScenarioRun, smaller: readonly ScenarioRun[]): ScenarioRun {
  if (smaller.length === 0) return run
  const phases = run.phases.map((evidence) => {
    const { cost } = evidence.rehearsal ?? {}
    if (!cost) return evidence
    const sizes = [...smaller, run]
      .flatMap((entry) => toSize(entry, evidence.phase))
      .toSorted((one, other) => one.rows - other.rows)
    return { ...evidence, rehearsal: { ...evidence.rehearsal, cost: { ...cost, sizes } } }
  })
  return { ...run, phases }
}

function toSize({ phases }: ScenarioRun, id: number): CostAtSize[] {
  const cost = phases.find(({ phase }) => phase === id)?.rehearsal?.cost
  const counts = Object.values(phases[0]?.before.rowCounts ?? {})
  if (!cost || cost.differences.length > 0) return []
  return [{ rows: counts.reduce((sum, rows) => sum + rows, 0), durationMs: cost.durationMs }]
}
