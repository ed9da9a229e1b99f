import { createHash } from 'node:crypto'
import type { ContractTrial } from '../../model/contract.ts'
import type { ServerSpec } from '../../model/scenario.ts'

/** What one run of a contract, or of all endpoints, is about, besides the conditions that all runs share. */
export interface OutcomeSubject {
  /** Digest of its test file; for generated cases of every migration, since later ones excuse failures. */
  readonly source: string
  /** File and full name; `ordinal` tells tests of one name apart. */
  readonly test: { readonly file: string; readonly name: string; readonly ordinal: number }
  /** The run of a contract, or what bounds and draws the requests to endpoints. */
  readonly trial: ContractTrial | { readonly phase: number; readonly requests: unknown }
  /** Key of the checkpoint it runs on, which covers all states before it. */
  readonly checkpoint: string
  readonly server: ServerSpec
  /** Provider and version. */
  readonly postgres: string
}

/** Key under which an outcome is kept: SHA-256, hex. Pure. */
export function toOutcomeKey(subject: OutcomeSubject): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(subject)))
    .digest('hex')
}

/** Members by name, so that the order in which somebody wrote them says nothing. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, inOrder(one)]),
  )
}
