import { toSha256 } from '../../ground/file-digest.ts'
import { toCanonicalJson } from '../../ground/to-canonical-json.ts'
import type { ProofStatement } from '../../model/statement.ts'

/** SHA-256 of a statement without its times, hex: the same for two runs on the same inputs. */
export function toTimelessDigest(statement: ProofStatement): string {
  return toSha256(toCanonicalJson(withoutTimes(statement)))
}

/** Times stand in fields that end in `Ms`, in `takenAt`, and in sentences about what was measured. */
function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes)
  if (typeof value === 'string') return value.replaceAll(/\d[\d,.]* ?(?:ms|s|min)\b/g, '<time>')
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => key !== 'takenAt' && !key.endsWith('Ms'))
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutTimes(one)]))
}
