import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toSha256 } from '../../ground/file-digest.ts'
import type { ExperimentName } from '../../model/rehearsal.ts'

/** Where the newest outcome of an experiment with one phase is kept. */
interface RehearsalPlace {
  readonly cacheFolder: string
  readonly scenario: string
  readonly phase: number
  readonly experiment: ExperimentName
}

/** What the experiment came to under the same key; null when nothing whole is kept. */
export function readRehearsal(place: RehearsalPlace, key: string): unknown {
  try {
    const kept = JSON.parse(readFileSync(toFile(place), 'utf8')) as {
      key: string
      seal: string
      text: string
    }
    return kept.key === key && kept.seal === toSha256(kept.text) ? JSON.parse(kept.text) : null
  } catch {
    return null
  }
}

/** Keeps what an experiment came to, in place of what was kept of it, with a digest that a damaged file fails. */
export function writeRehearsal(place: RehearsalPlace, key: string, outcome: unknown): void {
  const file = toFile(place)
  mkdirSync(join(file, '..'), { recursive: true })
  const beside = `${file}.${process.pid}.new`
  const text = JSON.stringify(outcome)
  writeFileSync(beside, JSON.stringify({ key, seal: toSha256(text), text }))
  renameSync(beside, file)
}

function toFile({ cacheFolder, scenario, phase, experiment }: RehearsalPlace): string {
  return join(cacheFolder, 'rehearsals', `${toSha256(scenario).slice(0, 12)}-${phase}-${experiment}.json`)
}
