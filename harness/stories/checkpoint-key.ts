import { createHash } from 'node:crypto'
import type { Migration } from '../model/history.ts'

/** Key of the state a scenario starts from: a snapshot loaded into this Postgres by this harness. SHA-256, hex. */
export function toBaseKey(snapshotDigest: string | null, postgresVersion: string, harness: string): string {
  return hash(['base', snapshotDigest ?? 'empty', postgresVersion, harness])
}

/** Key of the state after a phase: the previous key and everything the replay was given. Order of `staged` matters. */
export function toPhaseKey(previous: string, transactionRule: string, staged: readonly Migration[]): string {
  return hash([
    'phase',
    previous,
    transactionRule,
    ...staged.flatMap(({ name, checksum }) => [name, checksum]),
  ])
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
