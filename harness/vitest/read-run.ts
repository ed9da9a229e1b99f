import { readFileSync } from 'node:fs'
import { inject } from 'vitest'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { ScenarioRun } from '../model/run.ts'
import './provided.ts'

/** What the set-up observed, read in a test worker. */
export function readRun(): ScenarioRun {
  return JSON.parse(readFileSync(inject('scenarioRunFile'), 'utf8')) as ScenarioRun
}

/** The evidence of a phase, or why there is none. */
export function evidenceOf(run: ScenarioRun, phase: number): PhaseEvidence | string {
  const evidence = run.phases.find((entry) => entry.phase === phase)
  if (evidence) return evidence
  const failed = run.phases.at(-1)
  return failed?.replay.failure
    ? `did not run: blocked by phase ${failed.phase}, whose migrations failed`
    : `did not run: phase ${phase} is beyond phase ${run.upTo}`
}
