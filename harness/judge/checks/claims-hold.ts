import type { Checkpoint } from '../../model/checkpoint.ts'
import type { FindingEvidence, WronglyClaimed } from '../../model/finding.ts'
import type { Check } from '../define-check.ts'
import { findTable } from '../look-up.ts'

/** The tables that the plan says are there are there before the phases, and those that it says are missing are missing. */
export const claimsHold: Check<'claims-hold'> = {
  title: () => 'production is what the plan says it is',
  judge: ({ there, missing }, { before }) => {
    const absent = there.flatMap((table) => (rowsOf(table, before) === null ? [{ table, rows: null }] : []))
    const present = missing.flatMap((table): WronglyClaimed[] => {
      const meant = findTable(before.schema, table) ? table : findAlike(table, before)
      if (meant === null) return []
      return [{ table, rows: rowsOf(meant, before), ...(meant !== table && { meant }) }]
    })
    return [...toFinding('there', absent), ...toFinding('missing', present)]
  },
}

function toFinding(claimed: 'there' | 'missing', tables: readonly WronglyClaimed[]): FindingEvidence[] {
  return tables.length === 0 ? [] : [{ kind: 'claim-wrong', claimed, tables }]
}

function rowsOf(name: string, { schema, rowCounts }: Checkpoint): number | null {
  const table = findTable(schema, name)
  return table ? (rowCounts[`${table.namespace}.${table.name}`] ?? 0) : null
}

/** The table whose name is the same but for case, underscores and a plural. */
function findAlike(name: string, { schema }: Checkpoint): string | null {
  const alike = schema.tables.filter((table) => toStem(table.name) === toStem(name))
  return alike.length === 1 ? (alike[0]?.name ?? null) : null
}

function toStem(name: string): string {
  return name.toLowerCase().replaceAll('_', '').replace(/s$/, '')
}
