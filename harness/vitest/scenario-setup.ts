import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { PostgresServer } from '../model/ports.ts'
import { toProofFile } from '../proof/proof-file.ts'
import { replayScenario } from '../stories/replay-scenario.ts'
import { importScenario } from './import-scenario.ts'
import { lineProgress } from './line-progress.ts'
import { type RunOptions, readRunOptions } from './run-options.ts'
import { acquirePostgres } from './shared-postgres.ts'
import './provided.ts'

/**
 * Global set-up of a scenario's tests: starts Postgres, replays the phases, and provides what was observed. In watch mode it
 * replays again before each rerun, from the first phase whose files changed.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const projectRoot = project.vitest.config.root
  const options = readRunOptions()
  const cacheFolder = join(projectRoot, '.phaseproof')
  const server = await acquirePostgres(options.postgres, { cacheFolder, progress: lineProgress })
  const runFile = join(cacheFolder, 'runs', `${process.pid}.json`)
  const observe = () => observeRun({ project, options, server, projectRoot, cacheFolder, runFile })
  const end = async () => {
    rmSync(runFile, { force: true })
    await server.stop()
  }
  try {
    project.provide('postgresAddress', server.address)
    project.provide('scenarioRunFile', runFile)
    await observe()
    project.onTestsRerun(() => observe().catch((error: unknown) => forget(runFile, error)))
  } catch (error) {
    await end()
    throw error
  }
  return end
}

async function observeRun(place: {
  project: TestProject
  options: RunOptions
  server: PostgresServer
  projectRoot: string
  cacheFolder: string
  runFile: string
}): Promise<void> {
  const { project, options, server, projectRoot, cacheFolder, runFile } = place
  const scenario = await importScenario(project)
  const upTo = options.upTo === 'all' ? scenario.phases.length : options.upTo
  // Whatever comes of this run, an older proof of the same phases must not be taken for it.
  const isScaled = options.scale !== undefined
  rmSync(toProofFile(projectRoot, scenario.name, upTo, { isScaled }), { force: true })
  const run = await replayScenario(
    { ...options, scenario, upTo },
    { server, projectRoot, cacheFolder, progress: lineProgress },
  )
  mkdirSync(dirname(runFile), { recursive: true })
  writeFileSync(runFile, JSON.stringify(run))
}

/** While a person edits, a plan may be wrong for a moment: said, and no stale run left to judge; watching goes on. */
function forget(runFile: string, error: unknown): void {
  rmSync(runFile, { force: true })
  lineProgress.step(error instanceof Error ? error.message : String(error))
}
