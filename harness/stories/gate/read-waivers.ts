import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { HarnessError } from '../../model/error.ts'
import type { Waiver } from '../../model/gate.ts'

/** Name of the file with the waivers, in the scenario's folder. */
export const waiverFile = 'waivers.yaml'

/**
 * Reads the waivers of a scenario as they are written; what they lack is judged, not refused. None where there is no file.
 * @throws plan-invalid when the file is no list of waivers
 */
export function readWaivers(projectRoot: string, scenario: string): readonly Partial<Waiver>[] {
  const path = join(projectRoot, 'scenarios', scenario, waiverFile)
  if (!existsSync(path)) return []
  const parsed = parseList(readFileSync(path, 'utf8'))
  if (parsed !== null) return parsed.map(toWaiver)
  const fault = 'it is no list of waivers'
  throw new HarnessError(
    'plan-invalid',
    `Read the waivers of scenario ${scenario} in ${path}: ${fault}.`,
    'Write a list; each entry has check, reason, owner, expires, and where it helps fault and sha256.',
    { scenario, faults: [fault] },
  )
}

function parseList(text: string): Record<string, unknown>[] | null {
  let parsed: unknown
  try {
    parsed = parse(text)
  } catch {
    return null
  }
  if (parsed === null || parsed === undefined) return []
  const isList = Array.isArray(parsed) && parsed.every((entry) => typeof entry === 'object' && entry !== null)
  return isList ? (parsed as Record<string, unknown>[]) : null
}

const FIELDS = ['check', 'fault', 'sha256', 'reason', 'owner', 'expires'] as const

function toWaiver(entry: Record<string, unknown>): Partial<Waiver> {
  const named = FIELDS.filter((field) => entry[field] !== undefined && entry[field] !== null)
  return Object.fromEntries(named.map((field) => [field, String(entry[field])]))
}
