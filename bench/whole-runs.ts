import { join } from 'node:path'
import { silentProgress } from '../harness/model/ports.ts'
import { withPostgres } from '../harness/postgres/start-postgres.ts'
import { readSnapshot } from '../harness/snapshot/read-snapshot.ts'
import { readPlan } from '../harness/stories/read-plan.ts'
import { makeTemporaryCacheFolder } from '../harness/testing/temporary-cache-folder.ts'
import tcc from '../scenarios/tcc-catch-up/scenario.ts'
import { type Comparison, sideBySide, timed, toSample } from './measure.ts'
import { type ProjectCopy, withProjectCopy } from './project-copy.ts'
import { loadRaw, replayRaw, withClient } from './raw.ts'

const RUNS = 3
const EDITED = '20260106040000_phase4_trips_complete'
const vitest = 'a Vitest run of one empty test'
const embedded = ['--postgres', 'embedded'] as const

/** Measures whole commands, as a person waits for them, beside an empty Vitest run or the same work done by hand. */
export function measureWholeRuns(project: string): Promise<Comparison[]> {
  return withProjectCopy(project, async (copy) => {
    const prove = (...args: string[]) => copy.runCli('prove', ...args, ...embedded)
    const database = (phase: string) => prove(phase, '--no-contracts')
    const cold = (run: () => Promise<number>) => async () => {
      await copy.forgetCache()
      return run()
    }
    const edited = async () => {
      await copy.touchMigration(EDITED)
      return database('4')
    }
    const compare = async (what: string, aim: string, ours: () => Promise<number>) => ({
      what,
      ...(await sideBySide(RUNS, ours, () => copy.runEmptyVitest(), false)),
      against: vitest,
      aim,
    })
    const lines = [
      await compare(
        'phase 4, database only, cold',
        'no aim',
        cold(() => database('4')),
      ),
      await compare('phase 4, database only, warm', 'at most 3 s more', () => database('4')),
      await compare('phase 4, database only, after an edit of it', 'at most 3 s more', edited),
      await compare(
        'phase 4 with its contracts, cold',
        'no aim',
        cold(() => prove('4')),
      ),
    ]
    lines.push(
      await compare('phase 4 with its contracts, unchanged: all reused', 'at most 3 s more', () =>
        prove('4'),
      ),
      ...(await measureEdits(copy)),
      await measureWatch(copy),
      await compare(
        'all phases with their contracts, cold',
        'at most 45 s',
        cold(() => prove('all')),
      ),
      {
        what: 'nine phases, database only, cold',
        ...(await sideBySide(
          RUNS,
          cold(() => database('all')),
          () => byHand(project),
          false,
        )),
        against: 'initdb, raw load, raw replay',
        aim: 'at most 3.0',
      },
    )
    return lines
  })
}

/** An edit of a migration of phase 4 that brings a table nobody expects: when the finding is read, and when all is said. */
async function measureEdits(copy: ProjectCopy): Promise<Comparison[]> {
  const [firsts, alls, empties]: [number[], number[], number[]] = [[], [], []]
  for (let run = 1; run <= RUNS; run++) {
    await copy.spoilMigration(EDITED, `edit_${run}`)
    const { wallMs, textMs } = await copy.runDisproven('✗ phase 4', 'prove', '4', ...embedded)
    firsts.push(textMs)
    alls.push(wallMs)
    empties.push(await copy.runEmptyVitest())
  }
  await copy.spoilMigration(EDITED, null)
  const theirs = toSample(empties)
  return [
    {
      what: "phase 4 after an edit: the database's findings on the screen",
      ours: toSample(firsts),
      against: vitest,
      theirs,
      aim: 'within 3 s',
    },
    {
      what: 'phase 4 after an edit: all of it, with contracts',
      ours: toSample(alls),
      against: vitest,
      theirs,
      aim: 'within 12 s',
    },
  ]
}

/** From saving such an edit to the finding, while a watch runs. */
async function measureWatch(copy: ProjectCopy): Promise<Comparison> {
  const [firsts, empties]: [number[], number[]] = [[], []]
  const watch = copy.startCli('prove', '4', '--watch', ...embedded)
  try {
    await watch.said('PROVEN')
    for (let run = 1; run <= RUNS; run++) {
      const from = performance.now()
      await copy.spoilMigration(EDITED, `watch_${run}`)
      await watch.said('✗ phase 4')
      firsts.push(performance.now() - from)
      await watch.said('DISPROVEN')
      empties.push(await copy.runEmptyVitest())
    }
  } finally {
    await watch.end()
    await copy.spoilMigration(EDITED, null)
  }
  return {
    what: "--watch: from saving an edit of phase 4 to the database's findings",
    ours: toSample(firsts),
    against: vitest,
    theirs: toSample(empties),
    aim: 'within 2 s',
  }
}

/** Makes a cluster, loads the snapshot and sends the nine phases' files on one connection. */
export async function byHand(project: string): Promise<number> {
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
