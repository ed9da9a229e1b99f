import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFullFolder, toSystemFailure } from '../ground/system-failure.ts'
import { withLinearComparison } from '../judge/with-linear-comparison.ts'
import type { RunOptions } from '../model/run-options.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import type { Conclusion } from '../stories/conclude.ts'
import type { ProvePlace } from '../stories/keep-databases.ts'
import { forgetProof } from '../stories/proof-files.ts'
import { prove } from '../stories/prove.ts'
import { judgeInProcess } from '../stories/prove-in-process.ts'
import { readPlan } from '../stories/read-plan.ts'
import { readScenario } from '../stories/read-scenario.ts'
import { readSnapshotOf } from '../stories/read-snapshot-of.ts'
import { reusing } from '../stories/reuse-outcomes.ts'
import { mayTell } from '../stories/tell-run.ts'
import { lineProgress } from '../vitest/line-progress.ts'
import { importTypeScript } from './import-typescript.ts'
import { orInterrupted } from './take-signals.ts'

/** One call of the command line. */
export interface Proving {
  readonly options: RunOptions
  readonly projectRoot: string
  /** Vitest's own reporters beside the verdict. */
  readonly reporters: readonly string[]
  /** Where these write; left out: standard output. */
  readonly out?: NodeJS.WriteStream
  /** Only tests whose full name matches. */
  readonly filter?: string | undefined
  readonly signal: AbortSignal
  /** What a server under test may read of the environment; left out, no outcome of an earlier run is told again. */
  readonly env?: NodeJS.ProcessEnv
}

/** Where proofs of a project are written to. */
function toReportsFolder(projectRoot: string): string {
  return join(projectRoot, 'reports')
}

/** Removes the proof that a run is about to replace: before anything can fail. */
export function forgetOlder({ options, projectRoot }: Pick<Proving, 'options' | 'projectRoot'>): void {
  const { scenario, upTo, scale } = options
  forgetProof(toReportsFolder(projectRoot), { scenario, upTo, isScaled: scale !== undefined })
}

/** Reads what is to be proven before anything is started, so that a wrong name or a faulty plan costs no server. An older proof goes first. */
export async function readSubject(proving: Proving) {
  forgetOlder(proving)
  const { options, projectRoot } = proving
  const { scenario: name, upTo, scale, thorough } = options
  const scenario = await readScenario(name, projectRoot, importTypeScript)
  await readPlan(scenario, upTo === 'all' ? scenario.phases.length : upTo, projectRoot)
  if (scale !== undefined) await readSnapshotOf(scenario, projectRoot, scale)
  return thorough ? withLinearComparison(scenario) : scenario
}

/**
 * Proves a scenario on a server of its own. A signal ends the run in order: tests cancelled, clones dropped, server stopped.
 * @throws Interrupted, and everything `prove` throws
 */
export async function proveScenario(proving: Proving): Promise<Conclusion> {
  const { options, projectRoot, signal } = proving
  const scenario = await readSubject(proving)
  const cacheFolder = join(projectRoot, '.phaseproof')
  const starting = startPostgres(options.postgres, { cacheFolder, progress: lineProgress })
  // While the server starts: the later import finds it loaded, and says what is wrong if it does not load.
  if (options.contracts && (options.fresh || !mayTell(cacheFolder)))
    import('../vitest/run-tests.ts').catch(() => {})
  let keepRunning = false
  try {
    const server = await orInterrupted(signal, starting)
    const reportsFolder = toReportsFolder(projectRoot)
    const place = { server, projectRoot, reportsFolder, cacheFolder, progress: lineProgress }
    const proven = proveByVitest(proving, { ...options, scenario }, place)
    const conclusion = await orInterrupted(signal, proven).catch(async (error: unknown) => {
      if (!signal.aborted) throw error
      // A replay heeds no signal; it ends when its server does. Tests are being cancelled meanwhile.
      await server.stop()
      await Promise.race([proven.catch(() => {}), sleep(10_000, undefined, { ref: false })])
      throw error
    })
    assertHadRoom(conclusion, cacheFolder, () =>
      forgetProof(reportsFolder, {
        scenario: scenario.name,
        upTo: options.upTo,
        isScaled: options.scale !== undefined,
      }),
    )
    keepRunning = server.address.provider === 'testcontainers' && conclusion.kept.length > 0
    return conclusion
  } finally {
    await (await starting).stop({ keepRunning })
  }
}

/** On a full disk a server answers errors for no fault of the phases, so what was disproven there was not. */
function assertHadRoom({ proof }: Conclusion, cacheFolder: string, forget: () => void): void {
  const full = proof.verdict === 'disproven' ? findFullFolder([cacheFolder, tmpdir()]) : null
  if (full === null) return
  forget()
  throw toSystemFailure(
    Object.assign(new Error('Tests failed while it was full'), { code: 'ENOSPC', path: full }),
  )
}

/**
 * Proves a scenario on a server that runs: its tests run by Vitest in this process, as far as they are not told from earlier runs.
 * @throws everything `prove` throws
 */
export async function proveByVitest(
  { options, projectRoot, reporters, out, filter, signal, env }: Proving,
  asked: Parameters<typeof prove>[0],
  place: ProvePlace,
): Promise<Conclusion> {
  const request = { ...asked, isFiltered: filter !== undefined }
  const isPlain = filter === undefined && reporters.length === 0
  // Expectations are pure questions to what was observed: where nothing else runs, no test runner is needed.
  if (!options.contracts && isPlain) return prove(request, place, judgeInProcess(request.scenario))
  const assignment = { root: projectRoot, options }
  const { cacheFolder } = place
  const { address } = place.server
  return prove(
    request,
    place,
    reusing(
      { ...request, thorough: options.thorough },
      { ...place, env: env ?? null },
      isPlain ? options : null,
      async (run, ground) => {
        // Loaded here: Vitest costs a second, which neither a wrong call nor a run that is told again need pay.
        const { runInVitest } = await import('../vitest/run-tests.ts')
        return runInVitest({ assignment, reporters, out, filter, signal, cacheFolder, address })(run, ground)
      },
    ),
  )
}
