import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Reporter, SerializedError, TestModule, TestProject, Vitest } from 'vitest/node'
import { acceptsEscapes } from '../ground/terminal.ts'
import type { ReuseGround } from '../model/reuse.ts'
import type { ScenarioRun } from '../model/run.ts'
import { openDatabases } from '../postgres/databases.ts'
import { renderProof } from '../proof/render-proof.ts'
import { type Conclusion, conclude } from '../stories/conclude.ts'
import { keepOutcomes } from '../stories/reuse-outcomes.ts'
import { importScenario } from './import-scenario.ts'
import { lineProgress } from './line-progress.ts'
import { reuseFile } from './run-file.ts'
import { toReport } from './to-report.ts'
import './provided.ts'

/** Draws and prints the verdict on the scenario of each project that has one, where Vitest itself was called: `vitest`, a watch. */
export default class ProofReporter implements Reporter {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  async onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): Promise<void> {
    for (const project of this.#vitest?.projects ?? []) {
      const ours = modules.filter((module) => module.project === project)
      // Another project's tests alone, as with `--project unit`, say nothing about a scenario.
      if (project.getProvidedContext().phaseproof === undefined || ours.length === 0) continue
      const concluded = await concludeProject(project, ours, errors)
      const colors = acceptsEscapes(process.stdout, process.env)
      const text = concluded
        ? renderProof(concluded.proof, { colors, ...concluded })
        : '  no proof: the phases were not replayed'
      process.stdout.write(`\n${text}\n`)
      if (!isPart(project, ours) && concluded?.proof.verdict !== 'proven') process.exitCode ||= 1
    }
  }
}

/** A person who asked for single tests or files knows that they prove nothing. */
function isPart({ vitest }: TestProject, modules: readonly TestModule[]): boolean {
  const hasExpectations = modules.some(({ moduleId }) => /phases\.suite\.[jt]s$/.test(moduleId))
  return vitest.config.testNamePattern !== undefined || !hasExpectations
}

async function concludeProject(
  project: TestProject,
  modules: readonly TestModule[],
  errors: readonly SerializedError[],
): Promise<Conclusion | null> {
  const { phaseproof, scenarioRunFile, postgresAddress } = project.getProvidedContext()
  if (!scenarioRunFile || !existsSync(scenarioRunFile)) return null
  const { root, options } = phaseproof
  const run = JSON.parse(readFileSync(scenarioRunFile, 'utf8')) as ScenarioRun
  const scenario = await importScenario(project)
  const request = { ...options, scenario, isFiltered: isPart(project, modules) }
  const server = await openDatabases(postgresAddress)
  const place = {
    server,
    projectRoot: root,
    reportsFolder: join(root, 'reports'),
    cacheFolder: join(root, '.phaseproof'),
    progress: lineProgress,
  }
  try {
    const report = toReport(root, modules, errors)
    const ground: ReuseGround | null = JSON.parse(
      readFileSync(join(dirname(scenarioRunFile), reuseFile), 'utf8'),
    )
    keepOutcomes(ground, report, request, { ...place, env: process.env })
    const concluded = await conclude(request, place, run, report)
    const isContainer = postgresAddress.provider === 'testcontainers'
    if (isContainer && concluded.kept.length > 0) project.vitest.provide('keepServerRunning', true)
    return concluded
  } finally {
    await server.close()
  }
}
