import type { FindingEvidence } from '../../model/finding.ts'
import { isContradicted } from '../contradicted.ts'
import type { Check } from '../define-check.ts'

/** Production holds no row that a statement of the phase fails on, even where the masked values of the snapshot let it pass. */
export const preconditionsMet: Check<'preconditions-met'> = {
  title: () => 'finds no row of production in the way of its statements',
  judge: (_expectation, evidence) =>
    evidence.preconditions.flatMap((precondition): FindingEvidence[] => {
      const { kind, migration, file, line, statement, counts, sql, production } = precondition
      if (kind !== 'fails' || sql === null || production === null || isContradicted(precondition, evidence))
        return []
      const rows = 'rows' in production ? production.rows : null
      const refused = 'refused' in production ? production.refused : null
      if (rows === 0 || (rows === null && refused === null)) return []
      const masked = evidence.maskedReads
        .filter((read) => read.file === file && read.line === line)
        .map(({ column, rule }) => `${column} (${rule})`)
      return [
        { kind: 'precondition-unmet', migration, file, line, statement, counts, rows, refused, sql, masked },
      ]
    }),
}
