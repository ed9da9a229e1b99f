import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Policy } from '../../model/policy.ts'
import type { SnapshotTable } from '../../model/snapshot.ts'
import { type PolicyColumn, toPolicyColumns } from './policy-leaves.ts'
import { isSensitive } from './search-terms.ts'

/** A table of a written snapshot, with what the policy says of its columns. */
export interface OutputTable {
  /** `<namespace>.<table>`. */
  readonly label: string
  readonly table: SnapshotTable
  /** In the order of the file. */
  readonly columns: readonly OutputColumn[]
}

export interface OutputColumn {
  /** `<namespace>.<table>.<column>`. */
  readonly label: string
  /** Null in a table that stays whole. */
  readonly policy: PolicyColumn | null
  /** True where values are made up, so that one may equal somebody's by chance. */
  readonly isGenerated: boolean
  /** True where the column can hold only what the policy lists. */
  readonly isListed: boolean
}

/** The tables of a snapshot, each with its policy. */
export function toOutputTables(tables: readonly SnapshotTable[], policy: Policy): readonly OutputTable[] {
  return tables.map((table) => {
    const label = `${table.namespace}.${table.name}`
    const known = toPolicyColumns(policy, label)
    const columns = table.columns.map((name) => {
      const found = known.get(name) ?? null
      return {
        label: `${label}.${name}`,
        policy: found,
        isGenerated: found?.leaves.some(({ kind }) => isSensitive(kind)) ?? false,
        isListed: found?.leaves.every(({ kind }) => kind === 'enum') ?? false,
      }
    })
    return { label, table, columns }
  })
}

/** The bytes of a snapshot's file, in large pieces. */
export function readChunks(folder: string, file: string): AsyncIterable<Buffer> {
  return createReadStream(join(folder, file), { highWaterMark: 1 << 18 })
}
