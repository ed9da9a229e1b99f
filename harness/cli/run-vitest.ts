import { createVitest, startVitest, type TestUserConfig } from 'vitest/node'
import { ProofReporter, type ReportedRun } from '../vitest/proof-reporter.ts'
import { type RunOptions, setRunOptions } from '../vitest/run-options.ts'

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
  const vitest = await createVitest('test', toConfig(request, new ProofReporter({ listen }), false))
  const interrupt = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        vitest.cancelCurrentRun('keyboard-input').catch(() => {})
        reject(new Interrupted(signal))
      })
    }
  })
  try {
    await Promise.race([vitest.start(), interrupt])
  } finally {
    await vitest.close()
  }
  return reported
}

/** Watches: runs again, from the first changed phase, whenever a file changes; ends with `q` or Ctrl-C. */
export async function watchVitest(request: VitestRequest): Promise<void> {
  setRunOptions(request.options)
  const vitest = await startVitest('test', [], toConfig(request, new ProofReporter(), true))
  await new Promise<void>((resolve) => vitest.onClose(() => resolve()))
}

/** A signal asked the run to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  readonly signal: NodeJS.Signals

  constructor(signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`)
    this.signal = signal
  }
}

function toConfig(request: VitestRequest, reporter: ProofReporter, watch: boolean): TestUserConfig {
  return {
    root: request.projectRoot,
    config: 'vitest.config.ts',
    project: ['scenario'],
    reporters: [...request.reporters, reporter],
    watch,
    ...(request.filter === undefined ? {} : { testNamePattern: request.filter }),
  }
}
