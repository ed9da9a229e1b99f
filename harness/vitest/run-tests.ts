import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  type CliOptions,
  createVitest,
  type Reporter,
  startVitest,
  type TestUserConfig,
  type Vitest,
} from 'vitest/node'
import { redact } from '../ground/redact.ts'
import { acceptsEscapes } from '../ground/terminal.ts'
import type { ServerAddress } from '../model/ports.ts'
import type { TestReport } from '../model/test-record.ts'
import type { RunRestOfTests } from '../stories/reuse-outcomes.ts'
import { contractProgress } from './contract-progress.ts'
import { findVitestConfig } from './find-vitest-config.ts'
import { inTimeOrder } from './in-time-order.ts'
import { isLive, lineProgress } from './line-progress.ts'
import { phaseproofProject, projectName } from './phaseproof-project.ts'
import type { Assignment } from './provided.ts'
import { makeRunFile, reuseFile } from './run-file.ts'
import { openShownStream } from './shown-stream.ts'
import { toReport } from './to-report.ts'

/** How the tests of a scenario are run. */
interface VitestRequest {
  readonly assignment: Assignment
  /** Vitest's own reporters beside the verdict. */
  readonly reporters: readonly string[]
  /** Where reporters write; left out: standard output. */
  readonly out?: NodeJS.WriteStream | undefined
  /** Only tests whose full name matches. */
  readonly filter?: string | undefined
  /** Ends the run in order: tests cancelled, clones dropped. */
  readonly signal: AbortSignal
}

/** Runs the tests of a replayed scenario once, by Vitest in this process; its workers reach the server at that address. */
export function runInVitest(
  request: VitestRequest & { readonly cacheFolder: string; readonly address: ServerAddress },
): RunRestOfTests {
  return async (run, ground) => {
    const { folder, file } = makeRunFile(request.cacheFolder)
    let report: TestReport | null = null
    const shown = openShown(request.out)
    const listener: Reporter = {
      onTestRunEnd(modules, errors) {
        report = toReport(request.assignment.root, modules, errors)
      },
    }
    try {
      writeFileSync(file, JSON.stringify(run))
      writeFileSync(join(folder, reuseFile), JSON.stringify(ground))
      const provide = { postgresAddress: request.address, scenarioRunFile: file }
      const progress = contractProgress(lineProgress, isLive)
      const vitest = await withoutItsSignals(() =>
        createVitest('test', toConfig(request, [progress, listener], provide, run.edited), {}, shown),
      )
      await runOnce(vitest, request.signal)
    } finally {
      for (const stream of [shown.stdout, shown.stderr]) stream.flush()
      rmSync(folder, { recursive: true, force: true })
    }
    if (report === null) throw new Error('Vitest ended without reporting what its tests came to')
    return report
  }
}

/** Watches: replays and judges again, from the first changed phase, whenever a file changes; ends with `q` or the signal. */
export async function watchInVitest(request: VitestRequest): Promise<void> {
  const { signal } = request
  const config = { ...toConfig(request, [contractProgress(lineProgress, isLive)], {}, null), watch: true }
  const vitest = await withoutItsSignals(() => startVitest('test', [], config, {}, openShown()))
  const closed = new Promise<void>((resolve) => vitest.onClose(() => resolve()))
  await Promise.race([closed, aborted(signal).catch(() => vitest.close())])
}

async function runOnce(vitest: Vitest, signal: AbortSignal): Promise<void> {
  try {
    signal.throwIfAborted()
    await Promise.race([vitest.start(), aborted(signal)])
  } catch (error) {
    if (signal.aborted) await vitest.cancelCurrentRun('keyboard-input')
    throw error
  } finally {
    await vitest.close()
    redactFiles(vitest.config.outputFile, vitest.config.root)
  }
}

/** What reporters wrote to files holds messages of tests and servers as they are: secrets go as they do from the screen. */
function redactFiles(outputFile: Vitest['config']['outputFile'], root: string): void {
  const named = typeof outputFile === 'string' ? [outputFile] : Object.values(outputFile ?? {})
  for (const file of named.map((name) => resolve(root, name))) {
    if (!existsSync(file)) continue
    const text = readFileSync(file, 'utf8')
    const shown = redact(text)
    if (shown !== text) writeFileSync(file, shown)
  }
}

/** The project that a `vitest.config` of the root names, or our own where there is none. */
function toConfig(
  { assignment, reporters, filter }: VitestRequest,
  listeners: readonly Reporter[],
  provide: Readonly<Record<string, unknown>>,
  edited: string | null,
): CliOptions {
  const { root } = assignment
  const config = findVitestConfig(root)
  return {
    root,
    ...(config === null
      ? { config: false, projects: [phaseproofProject()] }
      : { config, project: [projectName] }),
    // The other loaders write beside the project's modules, where a person may have no right to.
    configLoader: 'runner',
    reporters: [...reporters.map(toReporter), ...listeners],
    watch: false,
    // A filter of the repository's own tests must not hide what went wrong in ours.
    onUnhandledError: () => {},
    sequence: { sequencer: inTimeOrder(edited) },
    provide: { ...provide, phaseproof: assignment } as NonNullable<TestUserConfig['provide']>,
    ...(filter === undefined ? {} : { testNamePattern: filter }),
  }
}

/** Vitest asks only whether standard output is a terminal: on one that wants no escape sequences its reporters must not draw. */
function toReporter(name: string): string | [string, { isTTY: boolean }] {
  return acceptsEscapes(process.stdout, process.env) ? name : [name, { isTTY: false }]
}

function openShown(out: NodeJS.WriteStream = process.stdout) {
  return {
    stdout: openShownStream(out, process.env),
    stderr: openShownStream(process.stderr, process.env),
  }
}

/** Vitest's own listeners would end the process a millisecond after a signal: what it adds is removed. */
async function withoutItsSignals<T>(start: () => Promise<T>): Promise<T> {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const before = new Map(names.map((name) => [name, process.listeners(name)]))
  const started = await start()
  for (const name of names) {
    for (const listener of process.listeners(name)) {
      if (!before.get(name)?.includes(listener)) process.off(name, listener)
    }
  }
  return started
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error)
    else signal.addEventListener('abort', () => reject(signal.reason as Error))
  })
}
