import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'declaration-void'

/** Since the stock no longer refers to the stores, the alternative could be followed; the scenario still says that it cannot. */
export default shopScenario({
  folder: 'declaration-void-alternative',
  title: 'An alternative order that is said to fail and does not',
  phases: [
    { migrations: ['20260112090000_stores'], changes: ['stores'], expect: [table('stores')] },
    {
      migrations: ['20260113090000_coupons'],
      dependsOn: [],
      changes: ['coupons'],
      expect: [table('coupons')],
    },
  ],
  alternatives: [
    { title: 'Coupons first', order: [2, 1], fails: { phase: 2, because: 'coupons are valid in one store' } },
  ],
})
