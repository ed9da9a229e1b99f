import { rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { Cluster } from '../model/ports.ts'
import { forgetProof } from '../stories/proof-files.ts'
import { observe } from '../stories/prove.ts'
import { readReuseGround } from '../stories/reuse-outcomes.ts'
import { importScenario } from './import-scenario.ts'
import { lineProgress } from './line-progress.ts'
import { makeRunFile, reuseFile } from './run-file.ts'
import { type SharedPostgres, sharePostgres } from './share-postgres.ts'
import './provided.ts'

/**
 * Starts Postgres, replays the phases, and provides what was observed. In watch mode it replays again before each rerun, from the
 * first phase whose files changed. Gives back what ends it.
 */
export async function observeScenario(project: TestProject): Promise<() => Promise<void>> {
  const { root, options } = project.getProvidedContext().phaseproof
  const reportsFolder = join(root, 'reports')
  forgetProof(reportsFolder, { ...options, isScaled: options.scale !== undefined })
  const cacheFolder = join(root, '.phaseproof')
  const shared = await sharePostgres(project, options.postgres, { cacheFolder, progress: lineProgress })
  const { folder, file } = makeRunFile(cacheFolder)
  const held: Cluster[] = []
  const releaseHeld = async () => {
    for (const cluster of held.splice(0)) await cluster.release()
  }
  const replay = async () => {
    await releaseHeld()
    await observeRun(project, shared, cacheFolder, file, (cluster) => held.push(cluster))
  }
  const end = async () => {
    rmSync(folder, { recursive: true, force: true })
    await releaseHeld()
    await shared.release()
  }
  try {
    project.provide('postgresAddress', shared.server.address)
    project.provide('scenarioRunFile', file)
    await replay()
    project.onTestsRerun(() => replay().catch((error: unknown) => forget(file, error)))
  } catch (error) {
    await end()
    throw error
  }
  return end
}

async function observeRun(
  project: TestProject,
  { server }: SharedPostgres,
  cacheFolder: string,
  file: string,
  takeCluster: (cluster: Cluster) => void,
): Promise<void> {
  const { root, options } = project.getProvidedContext().phaseproof
  const scenario = await importScenario(project)
  const request = { ...options, scenario }
  const place = {
    server,
    projectRoot: root,
    reportsFolder: join(root, 'reports'),
    cacheFolder,
    progress: lineProgress,
  }
  writeFileSync(file, JSON.stringify(await observe(request, { ...place, takeCluster })))
  const ground = await readReuseGround(request, { ...place, env: process.env })
  writeFileSync(join(dirname(file), reuseFile), JSON.stringify(ground))
}

/** While a person edits, a plan may be wrong for a moment: said, and no stale run left to judge; watching goes on. */
function forget(file: string, error: unknown): void {
  rmSync(file, { force: true })
  lineProgress.step(error instanceof Error ? error.message : String(error))
}
