import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TargetServer } from '../../model/target.ts'
import { replaceFile } from '../proof-files.ts'

/** System identifiers by the name of the target. */
type Seen = Readonly<Record<string, string>>

const toFile = (projectRoot: string, scenario: string) =>
  join(projectRoot, 'reports', scenario, 'targets.json')

/** Reads to which server a target's name led when it was asked last; null: it was never asked. */
export function readSeenIdentifier(projectRoot: string, scenario: string, name: string): string | null {
  return readSeen(toFile(projectRoot, scenario))[name] ?? null
}

/** Remembers to which server a target's name leads. */
export function keepSeenIdentifier(projectRoot: string, scenario: string, server: TargetServer): void {
  if (server.systemIdentifier === null) return
  const file = toFile(projectRoot, scenario)
  const seen = { ...readSeen(file), [server.name]: server.systemIdentifier }
  replaceFile(file, `${JSON.stringify(seen, null, 2)}\n`)
}

function readSeen(file: string): Seen {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Seen
  } catch {
    return {}
  }
}
