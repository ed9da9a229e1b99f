import { join } from 'node:path'
import { withLinearComparison } from '../judge/with-linear-comparison.ts'
import type { RunOptions } from '../model/run-options.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import type { Conclusion } from '../stories/conclude.ts'
import { forgetProof } from '../stories/proof-files.ts'
import { prove } from '../stories/prove.ts'
import { readPlan } from '../stories/read-plan.ts'
import { readScenario } from '../stories/read-scenario.ts'
import { readSnapshotOf } from '../stories/read-snapshot-of.ts'
import { reusing } from '../stories/reuse-outcomes.ts'
import { lineProgress } from '../vitest/line-progress.ts'
import { orInterrupted } from './take-signals.ts'

/** One call of the command line. */
export interface Proving {
  readonly options: RunOptions
  readonly projectRoot: string
  /** Vitest's own reporters beside the verdict. */
  readonly reporters: readonly string[]
  /** Only tests whose full name matches. */
  readonly filter?: string | undefined
  readonly signal: AbortSignal
}

/** Reads what is to be proven before anything is started, so that a wrong name or a faulty plan costs no server. An older proof goes first. */
export async function readSubject({ options, projectRoot }: Proving) {
  const { scenario: name, upTo, scale, thorough } = options
  forgetProof(projectRoot, { scenario: name, upTo, isScaled: scale !== undefined })
  const scenario = await readScenario(name, projectRoot)
  await readPlan(scenario, upTo === 'all' ? scenario.phases.length : upTo, projectRoot)
  if (scale !== undefined) await readSnapshotOf(scenario, projectRoot, scale)
  return thorough ? withLinearComparison(scenario) : scenario
}

/**
 * Proves a scenario on a server of its own, its tests run by Vitest in this process. A signal ends the run in order: tests
 * cancelled, clones dropped, server stopped.
 * @throws Interrupted, and everything `prove` throws
 */
export async function proveScenario(proving: Proving): Promise<Conclusion> {
  const { options, projectRoot, signal } = proving
  const scenario = await readSubject(proving)
  const cacheFolder = join(projectRoot, '.phaseproof')
  const starting = startPostgres(options.postgres, { cacheFolder, progress: lineProgress })
  let keepRunning = false
  try {
    const server = await orInterrupted(signal, starting)
    // Loaded here: Vitest costs a second, which a wrong call need not pay.
    const { runInVitest } = await import('../vitest/run-tests.ts')
    const runTests = runInVitest({
      ...proving,
      assignment: { root: projectRoot, options },
      cacheFolder,
      address: server.address,
    })
    const place = { server, projectRoot, cacheFolder, progress: lineProgress }
    const reuse = { ...place, env: process.env }
    const request = { ...options, scenario }
    const proven = prove(request, place, reusing(request, reuse, runTests))
    const conclusion = await orInterrupted(signal, proven).catch(async (error: unknown) => {
      // A replay ends with its server; tests that run are cancelled by the signal and give their clones back first.
      if (signal.aborted) await Promise.race([proven.catch(() => {}), server.stop()])
      throw error
    })
    keepRunning = server.address.provider === 'testcontainers' && conclusion.kept.length > 0
    return conclusion
  } finally {
    await (await starting).stop({ keepRunning })
  }
}
