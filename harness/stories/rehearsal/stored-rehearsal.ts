import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toSha256 } from '../../ground/file-digest.ts'
import type { Rehearsal } from '../../model/rehearsal.ts'

/** Where the experiments of one phase are kept: the newest of each phase. */
interface RehearsalPlace {
  readonly cacheFolder: string
  readonly scenario: string
  readonly phase: number
}

/** What experiments under the same key came to; null when none are kept. */
export function readRehearsal(place: RehearsalPlace, key: string): Rehearsal | null {
  try {
    const kept = JSON.parse(readFileSync(toFile(place), 'utf8')) as { key: string; rehearsal: Rehearsal }
    return kept.key === key ? kept.rehearsal : null
  } catch {
    return null
  }
}

/** Keeps what the experiments of a phase came to, in place of what was kept of it. */
export function writeRehearsal(place: RehearsalPlace, key: string, rehearsal: Rehearsal): void {
  const file = toFile(place)
  mkdirSync(join(file, '..'), { recursive: true })
  const beside = `${file}.${process.pid}.new`
  writeFileSync(beside, JSON.stringify({ key, rehearsal }))
  renameSync(beside, file)
}

function toFile({ cacheFolder, scenario, phase }: RehearsalPlace): string {
  return join(cacheFolder, 'rehearsals', `${toSha256(scenario).slice(0, 12)}-${phase}.json`)
}
