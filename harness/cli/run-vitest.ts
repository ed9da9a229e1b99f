import { createVitest, startVitest, type TestUserConfig } from 'vitest/node'
import { phaseproofProject } from '../vitest/phaseproof-project.ts'
import { ProofReporter, type ReportedRun } from '../vitest/proof-reporter.ts'
import { type RunOptions, setRunOptions } from '../vitest/run-options.ts'
import { stopSharedPostgres } from '../vitest/shared-postgres.ts'
import { findVitestConfig } from './find-vitest-config.ts'
import { Interrupted } from './interrupted.ts'

/** How the tests of a scenario are run. */
export interface VitestRequest {
  readonly options: RunOptions
  readonly projectRoot: string
  /** Vitest's own reporters beside the verdict. */
  readonly reporters: readonly string[]
  /** Only tests whose full name matches. */
  readonly filter?: string
}

/**
 * Runs a scenario's tests once, in this process, and returns what the proof reporter made of them. A signal ends the run in
 * order: tests cancelled, clones dropped, server stopped.
 * @throws whatever the set-up throws
 */
export async function runVitest(request: VitestRequest): Promise<ReportedRun> {
  setRunOptions(request.options)
  let reported: ReportedRun = { proof: null, reason: 'no tests ran' }
  const listen = (run: ReportedRun) => {
    reported = run
  }
  const { abort, keepOnlyOurs } = takeSignals()
  const vitest = await createVitest('test', toConfig(request, new ProofReporter({ listen }), false))
  keepOnlyOurs()
  try {
    abort.throwIfAborted()
    await Promise.race([vitest.start(), aborted(abort)])
  } catch (error) {
    // The set-up may be in the middle of a replay, where Vitest knows of no tear-down yet.
    if (error instanceof Interrupted)
      await Promise.allSettled([vitest.cancelCurrentRun('keyboard-input'), stopSharedPostgres()])
    throw error
  } finally {
    await vitest.close()
  }
  return reported
}

/**
 * Takes over the signals that ask the process to end: the first aborts, later ones are ignored while we tidy up. Vitest's own
 * listeners would end the process a millisecond later, so `keepOnlyOurs` removes what it added.
 */
function takeSignals(): { readonly abort: AbortSignal; keepOnlyOurs(): void } {
  const controller = new AbortController()
  const listener = (name: NodeJS.Signals) => controller.abort(new Interrupted(name))
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of names) process.on(name, listener)
  return {
    abort: controller.signal,
    keepOnlyOurs() {
      for (const name of names) process.removeAllListeners(name).on(name, listener)
    },
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
}

/** Watches: runs again, from the first changed phase, whenever a file changes; ends with `q` or Ctrl-C. */
export async function watchVitest(request: VitestRequest): Promise<void> {
  setRunOptions(request.options)
  const { abort, keepOnlyOurs } = takeSignals()
  const vitest = await startVitest('test', [], toConfig(request, new ProofReporter(), true))
  keepOnlyOurs()
  const closed = new Promise<void>((resolve) => vitest.onClose(() => resolve()))
  await Promise.race([closed, aborted(abort).catch(() => vitest.close())])
}

function toConfig(request: VitestRequest, reporter: ProofReporter, watch: boolean): TestUserConfig {
  const config = findVitestConfig(request.projectRoot)
  return {
    root: request.projectRoot,
    ...(config === null ? { config: false as const, projects: [phaseproofProject()] } : { config }),
    project: ['scenario'],
    reporters: [...request.reporters, reporter],
    watch,
    ...(request.filter === undefined ? {} : { testNamePattern: request.filter }),
  }
}
