import type { Cluster } from '../model/ports.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { TestReport } from '../model/test-record.ts'
import { type Conclusion, conclude } from './conclude.ts'
import type { ProvePlace } from './keep-databases.ts'
import { forgetProof } from './proof-files.ts'
import { measureSmaller, withSizes } from './rehearsal/measure-sizes.ts'
import { type ReplayPlace, type ReplayRequest, replayScenario } from './replay-scenario.ts'

/** What is to be proven, and how. */
export interface ProveRequest extends Omit<ReplayRequest, 'upTo'> {
  /** Id of the last phase, or all. */
  readonly upTo: number | 'all'
  /** The tests hold the API contracts too. */
  readonly contracts: boolean
  /** Only tests whose names match are run. */
  readonly isFiltered?: boolean
  /** The last phase is compared with a replay of all migrations in order, asked for or not. */
  readonly thorough?: boolean
}

/** Runs the tests of what was observed, in whatever runs tests, and hands back what came of each. */
export type RunTests = (run: ScenarioRun) => Promise<TestReport>

/**
 * Proves the phases of a scenario: observes what they do to the snapshot, runs the tests that speak about it, and concludes.
 * @throws everything `replayScenario` throws; document-invalid, plan-invalid
 */
export async function prove(
  request: ProveRequest,
  place: ProvePlace,
  runTests: RunTests,
): Promise<Conclusion> {
  const held: Cluster[] = []
  try {
    const run = await observe(request, { ...place, takeCluster: (cluster) => held.push(cluster) })
    const report = await runTests(run)
    return await conclude(request, place, run, report)
  } finally {
    for (const cluster of held) await cluster.release()
  }
}

/** The first half of a proof: an older one goes, then the phases are replayed. */
export async function observe(
  request: ProveRequest,
  place: ReplayPlace & Pick<ProvePlace, 'reportsFolder'>,
): Promise<ScenarioRun> {
  const { scenario, upTo, scale } = request
  forgetProof(place.reportsFolder, { scenario: scenario.name, upTo, isScaled: scale !== undefined })
  const replay = { ...request, upTo: upTo === 'all' ? scenario.phases.length : upTo }
  const smaller = await measureSmaller(replay, place)
  return withSizes(await replayScenario(replay, place), smaller)
}
