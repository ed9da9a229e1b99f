import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { BoundReason } from '../model/declaration.ts'
import { appliedOf } from './applied-of.ts'

/** Why a declaration that lets data go does not hold. */
interface VoidReason {
  readonly expected: string
  readonly found: string
  readonly remedy: string
}

/** Tells why a reason does not hold: its migration is none of the phase's, its file was edited, its day is past, or nobody gave it. */
export function whyVoid(
  { reason, migration, sha256, expires }: BoundReason,
  evidence: Pick<PhaseEvidence, 'migrations' | 'replay' | 'judgedOn'>,
): VoidReason | null {
  const migrations = appliedOf(evidence)
  const file = migrations.find(({ name }) => name === migration)
  if (!file) {
    return {
      expected: 'a migration of this phase',
      found: `no migration ${migration} in the phase`,
      remedy: `Name the migration that lets the data go: ${migrations.map(({ name }) => name).join(', ')}.`,
    }
  }
  if (![file.checksum, file.checksumOtherLineEndings].includes(sha256.toLowerCase())) {
    return {
      expected: `SHA-256 ${sha256} of ${file.file}`,
      found: `SHA-256 ${file.checksum}`,
      remedy: `Read what the file does now; if the reason still holds, write sha256: '${file.checksum}'.`,
    }
  }
  if (!/\w/.test(reason) || /^\s*<.*>\s*$/s.test(reason)) {
    return {
      expected: 'a reason that a person gave',
      found: reason.trim() === '' ? 'none' : reason,
      remedy: 'Write under `reason` why the data may go.',
    }
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(expires)) {
    return {
      expected: 'a last day such as 2026-12-31',
      found: expires,
      remedy: 'Write the day under `expires` as year, month and day.',
    }
  }
  if (expires < evidence.judgedOn) {
    return {
      expected: `a declaration that still holds; this one was made until ${expires}`,
      found: 'the day is past',
      remedy: 'Ask whoever gave the reason whether it still holds, then set a new day under `expires`.',
    }
  }
  return null
}
