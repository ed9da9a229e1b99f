import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeptOutcome } from '../../model/reuse.ts'

/** Outcomes under the same conditions, by key. */
type KeptOutcomes = Readonly<Record<string, KeptOutcome>>

/** A contract may look at the clock, which no key can hold: what ran longer ago is run again. */
const maxAgeMs = 24 * 60 * 60 * 1000

/**
 * The outcomes that were kept under these conditions and are young enough. A file that is missing, cut short or changed holds none.
 * @param folder of all outcomes
 */
export function readOutcomes(folder: string, conditions: string, nowMs: number): KeptOutcomes {
  const kept = readSealed(toFile(folder, conditions))
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
  const text = JSON.stringify(all)
  const file = toFile(folder, conditions)
  const beside = `${file}.${process.pid}.new`
  writeFileSync(beside, `${seal(text)}\n${text}\n`)
  renameSync(beside, file)
  sweep(folder, nowMs)
}

function sweep(folder: string, nowMs: number): void {
  for (const path of readdirSync(folder).map((name) => join(folder, name))) {
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: nowMs }
    if (nowMs - mtimeMs >= maxAgeMs) rmSync(path, { force: true })
  }
}

function readSealed(file: string): KeptOutcomes {
  try {
    const [seals, text = '', end] = readFileSync(file, 'utf8').split('\n')
    return end === '' && seals === seal(text) ? (JSON.parse(text) as KeptOutcomes) : {}
  } catch {
    return {}
  }
}

function toFile(folder: string, conditions: string): string {
  return join(folder, `${conditions}.json`)
}

function seal(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
