import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { KeptOutcome, KeptTrial } from '../../model/reuse.ts'
import { readSealed, writeSealed } from './sealed-file.ts'

/** Outcomes under the same conditions, by key. */
type KeptOutcomes = Readonly<Record<string, KeptOutcome>>

/** A contract may look at the clock, which no key can hold: what ran longer ago is run again. */
const maxAgeMs = 24 * 60 * 60 * 1000

/**
 * The outcomes that were kept under these conditions and are young enough. A file that is missing, cut short or changed holds none.
 * @param folder of all outcomes
 */
export function readOutcomes(folder: string, conditions: string, nowMs: number): KeptOutcomes {
  const kept = (readSealed(toFile(folder, conditions)) ?? {}) as KeptOutcomes
  return Object.fromEntries(Object.entries(kept).filter(([, { at }]) => at <= nowMs && nowMs - at < maxAgeMs))
}

/** Writes what to keep and forgets what failed since; also removes files that nobody can use any more. */
export function writeOutcomes(
  folder: string,
  conditions: string,
  changes: { readonly passed: KeptOutcomes; readonly failed: readonly string[] },
  nowMs: number,
): void {
  mkdirSync(folder, { recursive: true })
  const all = { ...readOutcomes(folder, conditions, nowMs), ...changes.passed }
  for (const key of changes.failed) delete all[key]
  writeSealed(toFile(folder, conditions), all)
  sweep(folder, nowMs)
}

/** The trials of an earlier run under this key, in their order; null where none is known. Their outcomes are kept apart. */
export function readTrials(folder: string, run: string): readonly KeptTrial[] | null {
  return readSealed(toRunFile(folder, run)) as readonly KeptTrial[] | null
}

/** Writes which trials a run consisted of. */
export function writeTrials(folder: string, run: string, trials: readonly KeptTrial[]): void {
  mkdirSync(folder, { recursive: true })
  writeSealed(toRunFile(folder, run), trials)
}

/** Whether the trials of any run are known, so that the next one may be told without a test runner. */
export function knowsTrials(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith(runEnding))
}

function sweep(folder: string, nowMs: number): void {
  for (const path of readdirSync(folder).map((name) => join(folder, name))) {
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: nowMs }
    if (nowMs - mtimeMs >= maxAgeMs) rmSync(path, { force: true })
  }
}

function toFile(folder: string, conditions: string): string {
  return join(folder, `${conditions}.json`)
}

const runEnding = '.run.json'

function toRunFile(folder: string, run: string): string {
  return join(folder, `${run}${runEnding}`)
}
