import { readFileSync, statSync } from 'node:fs'
import type { BackupWord } from '../../model/gate.ts'

/**
 * What is known of a backup: a day or moment that a person names, or the file into which `backup verify --json` was written, which
 * says what it found and whose time of writing says when.
 */
export function readBackupWord(given: string | undefined): BackupWord {
  if (given === undefined) return { none: true }
  if (/^\d{4}-\d\d-\d\d([T ]|$)/.test(given)) {
    const at = new Date(given)
    return Number.isNaN(at.getTime())
      ? { unusable: `${given} is no moment such as 2026-01-31T12:00:00Z` }
      : { at: at.toISOString(), by: 'whoever called this command' }
  }
  let verdict: { readonly dump?: unknown; readonly faults?: unknown }
  try {
    verdict = JSON.parse(readFileSync(given, 'utf8'))
  } catch {
    return { unusable: `${given} is neither a moment nor what "backup verify --json" prints` }
  }
  const { dump, faults } = verdict
  if (typeof dump !== 'string' || !Array.isArray(faults))
    return { unusable: `${given} is not what "backup verify --json" prints` }
  if (faults.length > 0)
    return { unusable: `${dump}: ${faults.length} faults, the first: ${String(faults[0])}` }
  return { at: statSync(given).mtime.toISOString(), by: `the verification of ${dump}` }
}
