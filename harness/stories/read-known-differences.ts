import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HarnessError } from '../model/error.ts'
import type { KnownDifference } from '../model/expectation.ts'

const FILE = 'known-differences.json'
const fields = ['reference', 'difference', 'reason', 'owner', 'expires'] as const

/**
 * Reads the accepted differences beside a scenario; none when there is no file. One whose day is over is judged, not refused.
 * @throws plan-invalid with every fault of the file
 */
export function readKnownDifferences(scenario: string, folder: string): readonly KnownDifference[] {
  const path = join(folder, FILE)
  if (!existsSync(path)) return []
  const entries = parse(path)
  const faults = entries.flatMap((entry, position) =>
    faultsOf(entry).map((fault) => `entry ${position + 1}: ${fault}`),
  )
  if (faults.length === 0) return entries.map(toKnown)
  throw new HarnessError(
    'plan-invalid',
    `Read the known differences of scenario ${scenario} in ${path}: ${faults.join('; ')}.`,
    'Mend what an entry accepts, or give it another reason, owner and day, and let somebody review that.',
    { scenario, faults },
  )
}

function parse(path: string): readonly Record<string, unknown>[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    parsed = null
  }
  const isList = Array.isArray(parsed) && parsed.every((entry) => typeof entry === 'object' && entry !== null)
  return isList ? (parsed as Record<string, unknown>[]) : [{}]
}

function faultsOf(entry: Record<string, unknown>): string[] {
  const missing = fields.filter((field) => typeof entry[field] !== 'string' || entry[field] === '')
  if (missing.length > 0) return [`it lacks ${missing.join(', ')}`]
  return /^\d{4}-\d\d-\d\d$/.test(toKnown(entry).expires) ? [] : [`expires is no day such as 2026-12-31`]
}

function toKnown(entry: Record<string, unknown>): KnownDifference {
  return Object.fromEntries(fields.map((field) => [field, entry[field]])) as unknown as KnownDifference
}
