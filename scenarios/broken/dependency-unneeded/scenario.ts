import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'dependency-unneeded'

/** Coupons and stores have nothing to do with each other. Whoever has to wait for the one to get the other waits for nothing. */
export default shopScenario({
  folder: 'dependency-unneeded',
  title: 'A phase that waits for another one without need',
  phases: [
    { migrations: ['20260112090000_coupons'], changes: ['coupons'], expect: [table('coupons')] },
    { migrations: ['20260113090000_stores'], dependsOn: [1], changes: ['stores'], expect: [table('stores')] },
  ],
})
