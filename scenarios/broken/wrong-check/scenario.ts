import { check, type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'wrong-check'

/** The percentage was to end at 100; the constraint of that name only asks that it begins at zero. */
export default shopScenario({
  folder: 'wrong-check',
  title: 'A check weaker than planned',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons'],
      expect: [
        table('coupons'),
        check('coupons', 'coupons_percent_check', 'CHECK (((percent >= 0) AND (percent <= 100)))'),
      ],
    },
  ],
})
