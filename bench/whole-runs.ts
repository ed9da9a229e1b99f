import { join } from 'node:path'
import { silentProgress } from '../harness/model/ports.ts'
import { withPostgres } from '../harness/postgres/start-postgres.ts'
import { readSnapshot } from '../harness/snapshot/read-snapshot.ts'
import { readPlan } from '../harness/stories/read-plan.ts'
import { makeTemporaryCacheFolder } from '../harness/testing/temporary-cache-folder.ts'
import tcc from '../scenarios/tcc-catch-up/scenario.ts'
import { type Comparison, sideBySide, timed } from './measure.ts'
import { withProjectCopy } from './project-copy.ts'
import { loadRaw, replayRaw, withClient } from './raw.ts'

const RUNS = 1
const EDITED = '20260106040000_phase4_trips_complete'

/** Measures whole commands, as a person waits for them, beside an empty Vitest run or the same work done by hand. */
export function measureWholeRuns(project: string): Promise<Comparison[]> {
  return withProjectCopy(project, async (copy) => {
    const database = (phase: string) =>
      copy.runCli('prove', phase, '--postgres', 'embedded', '--no-contracts')
    const cold = (phase: string) => async () => {
      await copy.forgetCache()
      return database(phase)
    }
    const edited = async () => {
      await copy.touchMigration(EDITED)
      return database('4')
    }
    const empty = () => copy.runEmptyVitest()
    const vitest = 'a Vitest run of one empty test'
    const soon = 'at most 3 s more'
    return [
      {
        what: 'phase 4, database only, cold',
        ...(await sideBySide(RUNS, cold('4'), empty)),
        against: vitest,
        aim: 'no aim',
      },
      {
        what: 'phase 4, database only, warm',
        ...(await sideBySide(RUNS, () => database('4'), empty)),
        against: vitest,
        aim: soon,
      },
      {
        what: 'phase 4, database only, after an edit of it',
        ...(await sideBySide(RUNS, edited, empty)),
        against: vitest,
        aim: soon,
      },
      {
        what: 'nine phases, database only, cold',
        ...(await sideBySide(RUNS, cold('all'), () => byHand(project))),
        against: 'initdb, raw load, raw replay',
        aim: 'at most 1.5',
      },
    ]
  })
}

/** Makes a cluster, loads the snapshot and sends the nine phases' files on one connection. */
async function byHand(project: string): Promise<number> {
  const { folder: cacheFolder, remove } = makeTemporaryCacheFolder()
  const { migrations } = await readPlan(tcc, tcc.phases.length, project)
  const snapshot = await readSnapshot(join(project, tcc.snapshot ?? ''))
  try {
    return await timed(() =>
      withPostgres('embedded', { cacheFolder, progress: silentProgress }, async (server) => {
        const name = 'phaseproof_bench_by_hand'
        await server.createDatabase(name, { mark: 'bench' })
        await withClient(server.connectionString(name), async (client) => {
          await loadRaw(snapshot, client)
          await replayRaw(tcc, migrations, client)
        })
      }),
    )
  } finally {
    remove()
  }
}
