import { check, type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'missing-check'

/** The phase promises a limit of the percentage that its migration never sets. */
export default shopScenario({
  folder: 'missing-check',
  title: 'A limit was forgotten',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons'],
      expect: [table('coupons'), check('coupons', 'coupons_percent_check')],
    },
  ],
})
