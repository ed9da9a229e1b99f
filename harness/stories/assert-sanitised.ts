import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toSha256 } from '../ground/file-digest.ts'
import { parsePolicy } from '../ground/snapshot-format/parse-policy.ts'
import { HarnessError } from '../model/error.ts'
import type { Policy } from '../model/policy.ts'
import type { Snapshot } from '../model/snapshot.ts'

/**
 * Refuses a snapshot that is neither of invented data nor has a passed leak proof about these files and this policy.
 * It reads `policy.yaml`; the files were checked when the snapshot was read.
 * @throws snapshot-unproven
 */
export async function assertSanitised(snapshot: Snapshot): Promise<void> {
  const { name } = snapshot.manifest
  const reasons = await findReasons(snapshot)
  if (reasons.length === 0) return
  throw new HarnessError(
    'snapshot-unproven',
    `Snapshot "${name}" does not prove that it holds no personal data: ${reasons.join('; ')}.`,
    'Capture it again with its policy: `phaseproof snapshot capture` makes the leak proof as its last step.',
    { snapshot: name, reasons },
  )
}

/** Does a snapshot say of itself that its data are invented? A person's word: nothing was captured, so nothing was proven. */
export function isInvented({ manifest }: Snapshot): boolean {
  return manifest.policy === undefined && /\binvented\b/i.test(manifest.sanitised.method)
}

async function findReasons(snapshot: Snapshot): Promise<readonly string[]> {
  if (isInvented(snapshot)) return []
  const { policy: applied, leakProof, digest, seal } = snapshot.manifest
  if (!applied) return ['it is neither of invented data nor captured with a policy']
  if (!leakProof) return ['it has no leak proof']
  const reasons: string[] = []
  if (seal === undefined) reasons.push('its manifest bears no seal')
  if (!leakProof.passed) reasons.push('its leak proof failed')
  if (leakProof.digest !== digest) reasons.push('its leak proof is about other files')
  const read = await readPolicy(snapshot)
  if (read.sha256 !== applied.sha256 || leakProof.policy !== applied.sha256) {
    reasons.push('its leak proof or its manifest is about another policy')
  }
  const made = new Set(leakProof.checks.map(({ name }) => name))
  const missing = toNeeded(read.policy).filter((name) => !made.has(name))
  if (missing.length > 0) reasons.push(`its leak proof lacks ${missing.join(', ')}`)
  if (!read.policy) reasons.push('its policy.yaml is missing or faulty')
  else reasons.push(...findMisfits(snapshot, read.policy))
  return reasons
}

/** The checks that a leak proof beside a source is made of. */
function toNeeded(policy: Policy | null): readonly string[] {
  const always = ['forms of values', 'patterns of identifiers', 'raw values', 'changed columns']
  return policy && policy.quasiIdentifiers.length > 0 ? [...always, 'k-anonymity'] : always
}

/** The policy of a snapshot; null when it has none or one that cannot be read. */
export async function readPolicy({ folder }: Snapshot): Promise<{ policy: Policy | null; sha256: string }> {
  const text = await readFile(join(folder, 'policy.yaml'), 'utf8').catch(() => null)
  if (text === null) return { policy: null, sha256: '' }
  const parsed = parsePolicy(text)
  return { policy: parsed.ok ? parsed.policy : null, sha256: toSha256(text) }
}

/** Tables and columns of the snapshot that the policy does not know. */
function findMisfits({ manifest }: Snapshot, policy: Policy): readonly string[] {
  return manifest.tables.flatMap((table) => {
    const label = `${table.namespace}.${table.name}`
    const known = policy.tables[label]
    if (!known) return [`its policy does not know table ${label}`]
    if (known.whole) return []
    if (known.empty) return table.rows > 0 ? [`its policy leaves ${label} empty, and it has rows`] : []
    const strangers = table.columns.filter((column) => !Object.hasOwn(known.columns, column))
    return strangers.map((column) => `its policy does not know column ${label}.${column}`)
  })
}
