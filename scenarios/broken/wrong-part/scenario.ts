import { type FindingKind, has, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'wrong-part'

/** The rule against two prices at once counts the second day twice: its ranges were to end before it. */
export default shopScenario({
  folder: 'wrong-part',
  title: 'An exclusion that excludes too much',
  phases: [
    {
      migrations: ['20260112090000_prices'],
      changes: ['prices'],
      expect: [
        table('prices', { columns: { valid: required('daterange'), cents: required('int4') } }),
        has('prices', 'constraint prices_once', 'EXCLUDE USING gist (valid WITH -|-)'),
      ],
    },
  ],
})
