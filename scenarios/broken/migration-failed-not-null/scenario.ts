import { column, type FindingKind, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'migration-failed'

/** It works on an empty table and fails on one with rows, which have no value for the new column. */
export default shopScenario({
  folder: 'migration-failed-not-null',
  title: 'A required column on a filled table',
  phases: [
    {
      migrations: ['20260112090000_country'],
      changes: ['customers'],
      expect: [column('customers', 'country', required('text'))],
    },
  ],
})
