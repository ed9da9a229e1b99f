import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { abortWhenAskedToEnd } from '../harness/ground/signals.ts'
import { withTemporaryFolder } from '../harness/ground/temporary-folder.ts'
import { silentProgress } from '../harness/model/ports.ts'
import { withPostgres } from '../harness/postgres/start-postgres.ts'
import { readPlan } from '../harness/stories/read-plan.ts'
import { replayScenario } from '../harness/stories/replay-scenario.ts'
import { importScenario } from './import-scenario.ts'
import { judgeInParallel } from './judge-in-parallel.ts'
import { makeMutants, spread } from './make-mutants.ts'
import type { Mutant } from './mutant.ts'
import { renderScore, toScore } from './render-score.ts'

const usage = `pnpm mutate [scenario] [--sample N] [--only text] [--lanes N] [--json file] [--list]

Writes each phase of a scenario wrongly in many ways, one at a time, and counts how many of them its own phase disproves.
scenario      folder below scenarios/; tcc-catch-up when left out
--sample N    judge N of them, spread over all
--only text   judge those whose id contains the text
--lanes N     judge so many at once, each on a server of its own
--json file   write the fate of each to a file
--list        print the ids and what they change, and judge nothing

Exit code 0: nothing survived. 1: something did. 2: wrong usage. 3: some could not be judged.`

process.exitCode = await main()

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: 'string' },
      only: { type: 'string' },
      lanes: { type: 'string', default: String(availableParallelism()) },
      json: { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const numbers = [values.sample, values.lanes].filter((value) => value !== undefined)
  if (values.help || numbers.some((value) => !/^[1-9]\d*$/.test(value))) {
    process.stdout.write(`${usage}\n`)
    return values.help ? 0 : 2
  }
  // Heard from here on, so that servers and folders go in order.
  const signal = abortWhenAskedToEnd()
  const root = join(import.meta.dirname, '..')
  const name = positionals[0] ?? 'tcc-catch-up'
  const all = await listMutants(root, name)
  const wanted = all.filter(({ id }) => values.only === undefined || id.includes(values.only))
  const chosen = values.sample === undefined ? wanted : spread(wanted, Number(values.sample))
  if (values.list) {
    for (const { id, migration, what } of chosen) process.stdout.write(`${id}  ${migration}  ${what}\n`)
    return 0
  }
  if (chosen.length === 0) {
    process.stdout.write(
      `No mutant of ${name} has an id that contains "${values.only}"; --list names all ${all.length}.\n`,
    )
    return 2
  }
  const judged = await judgeInParallel(
    { root, name, lanes: Number(values.lanes), signal },
    chosen,
    (done) => {
      if (done % 20 === 0) process.stdout.write(`  ${done} of ${chosen.length} judged\n`)
    },
  )
  const score = toScore(chosen, judged)
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(score, null, 2)}\n`)
  process.stdout.write(renderScore(name, score))
  if (signal.aborted) {
    process.stdout.write(`Stopped: ${score.judged} of ${chosen.length} were judged.\n`)
    return 3
  }
  if (score.survived.length > 0) return 1
  return score.failed.length > 0 ? 3 : 0
}

/** The mutants of a scenario, made from what a right replay shows. */
function listMutants(root: string, name: string): Promise<Mutant[]> {
  return withTemporaryFolder(
    'mutate',
    async (folder) => {
      const scenario = await importScenario(root, name)
      const upTo = scenario.phases.length
      const cacheFolder = join(folder, 'cache')
      const { migrations } = await readPlan(scenario, upTo, root)
      const { phases } = await withPostgres('embedded', { cacheFolder, progress: silentProgress }, (server) =>
        replayScenario(
          { scenario, upTo, fresh: false, strict: false, keep: 'nothing', experiments: [] },
          { server, projectRoot: root, cacheFolder, progress: silentProgress },
        ),
      )
      // A short plan gets every added statement in every phase.
      return makeMutants(
        scenario,
        migrations,
        phases,
        upTo > 4 ? { perKind: 3, everyPhases: 4 } : { perKind: 4, everyPhases: 1 },
      )
    },
    0o755,
  )
}
