import type { RehearsalResult } from '../../model/rehearsal.ts'
import { toShortName } from '../look-up.ts'
import type { JudgedPhase } from './results.ts'

const experiment = 'convergence'

/** Whether the phases and the other ways to the schema lead to one catalog and to the same rows. */
export function convergenceResult({ phase, evidence, findings }: JudgedPhase): RehearsalResult | null {
  const { convergence, notMade } = evidence.rehearsal ?? {}
  if (notMade?.convergence !== undefined)
    return { experiment, outcome: 'not-made', says: `It was not rehearsed: ${notMade.convergence}.` }
  if (!convergence) return null
  const { tables, leftOut } = convergence
  const hasTarget = phase.expect.some(
    (entry) => entry.kind === 'same-schema' && entry.reference === 'target-schema',
  )
  const ways = ['The phases', ...(hasTarget ? ['the target schema'] : []), 'all migrations in a row']
  const subject = `${ways.slice(0, -1).join(', ')} and ${ways.at(-1)}`
  const details = [
    ...tables.map((table) => `${toShortName(table)}: ${evidence.after.rowCounts[table] ?? 0} rows compared`),
    ...leftOut.map(({ table, because }) => `${toShortName(table)} was not compared: ${because}`),
  ]
  if (findings.some(({ kind }) => kind === 'schema-differs'))
    return { experiment, outcome: 'broke', says: `${subject} lead to different catalogs.`, details }
  if (findings.some(({ kind }) => kind === 'seeds-differ'))
    return {
      experiment,
      outcome: 'broke',
      says: `${subject} lead to one catalog and to different rows.`,
      details,
    }
  const rows =
    tables.length === 0
      ? 'no table is filled by the text of migrations alone, so no rows were compared'
      : `the phases and all migrations in a row leave the same rows in the ${tables.length === 1 ? 'table' : `${tables.length} tables`} that ${tables.length === 1 ? 'is' : 'are'} filled by the text of migrations alone`
  return { experiment, outcome: 'held', says: `${subject} lead to one catalog; ${rows}.`, details }
}
