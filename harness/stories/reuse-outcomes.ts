import { createHash } from 'node:crypto'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOutcomes, writeOutcomes } from '../contract/reuse/outcome-store.ts'
import {
  type ConditionSources,
  isCovered,
  listChanges,
  readConditions,
} from '../contract/reuse/read-conditions.ts'
import { toMessage } from '../ground/to-message.ts'
import type { PostgresServer, Progress } from '../model/ports.ts'
import type { KeptOutcome, ReuseGround } from '../model/reuse.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { RunOptions } from '../model/run-options.ts'
import type { Scenario } from '../model/scenario.ts'
import type { TestRecord, TestReport } from '../model/test-record.ts'
import { listGenerated } from '../tool/tools.ts'
import { listContracts } from './list-contracts.ts'
import type { RunTests } from './prove.ts'
import { judgeInProcess } from './prove-in-process.ts'
import { readPlan } from './read-plan.ts'
import { hasPassed, keepTrials, sayReused, tellTrials, toOutcomesFolder } from './tell-run.ts'

/** What decides whether outcomes may be told again. */
interface ReuseRequest {
  readonly scenario: Scenario
  readonly contracts: boolean
  readonly fresh: boolean
  readonly thorough: boolean
}

/** Where outcomes are kept, and what a test may look at. */
interface ReusePlace {
  readonly server: Pick<PostgresServer, 'provider' | 'description' | 'version'>
  readonly projectRoot: string
  readonly cacheFolder: string
  readonly progress: Progress
  /** What servers may read of the environment; null where nothing may be told again. */
  readonly env: NodeJS.ProcessEnv | null
}

/** Runs the tests of a run; `ground` says what need not run again. */
export type RunRestOfTests = (run: ScenarioRun, ground: ReuseGround | null) => Promise<TestReport>

/**
 * Lets tests be told from earlier runs where everything they depend on is the same, and keeps what they come to for later ones. Where
 * that holds for all of a run, its tests are not run at all: expectations are judged here.
 * @param whole options of the run; null where a person asked for something of the test runner, so that it must run
 */
export function reusing(
  request: ReuseRequest,
  place: ReusePlace,
  whole: RunOptions | null,
  runTests: RunRestOfTests,
): RunTests {
  // Whoever runs tests may set variables of its own meanwhile.
  const still = { ...place, env: place.env && { ...place.env } }
  return async (run) => {
    const ground = await readReuseGround(request, still)
    const all = ground && whole && { ground, options: whole, cacheFolder: place.cacheFolder }
    const told = all && tellTrials(run, all)
    if (told !== null) {
      sayReused(place.progress, { reused: told.length, all: told.length })
      const { records } = await judgeInProcess(request.scenario)(run)
      return { records: [...records, ...told], disturbances: [] }
    }
    const report = await runTests(run, ground)
    if (keepOutcomes(ground, report, request, still) && all) keepTrials(run, report, all)
    return report
  }
}

const harness = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Reads what the outcomes of contracts depend on, and which are known under it; null where none may be kept: without contracts, in
 * CI, on a server whose settings others may change, or where nobody can read what runs. Says so where a person would wonder.
 */
export async function readReuseGround(request: ReuseRequest, place: ReusePlace): Promise<ReuseGround | null> {
  const { scenario, contracts, fresh, thorough } = request
  const { server, projectRoot, cacheFolder, progress, env } = place
  if (!contracts || !scenario.server || env === null || env.CI) return null
  if (!hasTrials(scenario, projectRoot)) return null
  const reason = whyNeverReused(scenario, server)
  if (reason !== null) {
    progress.step(`contracts run each time: ${reason}`)
    if (!('module' in scenario.server) || server.provider === 'external') return null
  }
  try {
    const conditions = readConditions(toSources(scenario, projectRoot, env))
    const unseen = listModules(scenario, projectRoot).filter((file) => !isCovered(conditions, file))
    if (unseen.length > 0) throw new Error(`${unseen.join(', ')} lies outside of the repository`)
    const { migrations } = await readPlan(scenario, scenario.phases.length, projectRoot)
    const checksums = migrations.map(({ name, checksum }) => [name, checksum])
    const isTold = !fresh && !thorough
    return {
      conditions,
      migrations: createHash('sha256').update(JSON.stringify(checksums)).digest('hex'),
      postgres:
        server.provider === 'testcontainers'
          ? server.description
          : `${server.provider} ${server.version.text}`,
      kept: isTold ? readOutcomes(toOutcomesFolder(cacheFolder), conditions.digest, Date.now()) : {},
    }
  } catch (error) {
    progress.step(`contracts run each time: ${toMessage(error)}`)
    return null
  }
}

/**
 * Keeps the outcomes of tests that passed, and forgets those of tests that did not. Nothing is kept when a file changed while they
 * ran, or when something went wrong beside the tests: then nobody can say what they ran on. Returns whether all is as it was.
 */
export function keepOutcomes(
  ground: ReuseGround | null,
  { records, disturbances, loaded = [] }: TestReport,
  { scenario }: Pick<ReuseRequest, 'scenario'>,
  { projectRoot, cacheFolder, progress, env }: ReusePlace,
): boolean {
  if (ground === null || env === null) return false
  const ran = records.filter(
    ({ outcomeKey, state, reused }) => outcomeKey !== undefined && state !== 'not-run' && !reused,
  )
  const now = readConditions(toSources(scenario, projectRoot, env))
  const isSame = now.digest === ground.conditions.digest
  if (!isSame) {
    const changed = listChanges(ground.conditions, now, projectRoot).slice(0, 3).join(', ')
    progress.step(`contracts run again next time: ${changed} changed while they ran`)
  }
  const outside = loaded.filter((file) => !isCovered(now, file))
  if (outside.length > 0)
    progress.step(
      `contracts run each time: ${outside.slice(0, 3).join(', ')} lies where its edits are not seen`,
    )
  const isKept = isSame && disturbances.length + outside.length === 0
  const isUntouched = listChanges(ground.conditions, now, projectRoot).length === 0
  if (ran.length === 0) return isKept && isUntouched
  // A test may be edited while it runs, too; the endpoints are called by no test file of the project, and a phase is applied beneath
  // servers with those that its key names.
  const areTestsSame = JSON.stringify(now.tests) === JSON.stringify(ground.conditions.tests)
  const isAsItWas = ({ file, subject }: TestRecord) => {
    const path = resolve(projectRoot, file)
    if (subject.kind === 'live') return areTestsSame
    return subject.kind === 'endpoints' || now.tests[path] === ground.conditions.tests[path]
  }
  const passed = ran.filter((record) => isKept && isAsItWas(record) && hasPassed(record))
  const failed = ran.filter((record) => !passed.includes(record))
  writeOutcomes(
    toOutcomesFolder(cacheFolder),
    ground.conditions.digest,
    {
      passed: Object.fromEntries(passed.map((record) => [record.outcomeKey, toOutcome(record)])),
      failed: failed.flatMap(({ outcomeKey = '' }) => outcomeKey),
    },
    Date.now(),
  )
  return isKept && isUntouched
}

/** Whether anything asks the server: a contract of a phase, or the sweep. */
function hasTrials({ name, phases, contract }: Scenario, projectRoot: string): boolean {
  return (
    contract?.sweep !== undefined ||
    phases.some((phase) => listContracts(projectRoot, name, phase.name).length > 0)
  )
}

function whyNeverReused(
  { server, earlierServers = {} }: Scenario,
  { provider }: ReusePlace['server'],
): string | null {
  if (provider === 'external') return 'others may change the settings of the Postgres they run on'
  const specs = [
    ['the server', server] as const,
    ...Object.entries(earlierServers).map(([name, one]) => [`the server ${name}`, one.server] as const),
  ]
  const foreign = specs.filter(([, spec]) => spec !== undefined && !('module' in spec))
  if (foreign.length === 0) return null
  const names = foreign.map(([name]) => name).join(', ')
  return `${names} ${foreign.length === 1 ? 'is' : 'are'} started by a command or found by a URL, so what runs there is not known`
}

/** Files of the servers that are modules of the project. */
function listModules({ name, server, earlierServers = {} }: Scenario, projectRoot: string): string[] {
  const specs = [server, ...Object.values(earlierServers).map((one) => one.server)]
  return specs.flatMap((spec) =>
    spec && 'module' in spec ? [resolve(projectRoot, 'scenarios', name, spec.module)] : [],
  )
}

function toSources(scenario: Scenario, projectRoot: string, env: NodeJS.ProcessEnv): ConditionSources {
  const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions()
  const node = [process.version, process.platform, process.arch, timeZone, locale].join(' ')
  const { migrations, snapshot } = scenario
  return { projectRoot, migrations, snapshot, harness, listGenerated, env, node }
}

function toOutcome({ subject, exercised }: TestRecord): KeptOutcome {
  return {
    at: Date.now(),
    exercised,
    ...(subject.kind === 'contract' && subject.isNotServed ? { isNotServed: true } : {}),
    ...(subject.kind === 'endpoints' ? { endpoints: subject.report } : {}),
    ...(subject.kind === 'live' ? { live: subject.report } : {}),
  }
}
