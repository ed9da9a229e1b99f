import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'alternative-fails'

const toStores = {
  columns: ['storeId'],
  references: { table: 'stores', columns: ['id'] },
  onDelete: 'NO ACTION',
  onUpdate: 'NO ACTION',
} as const

/** The plan allows for the stock first; the night somebody takes it at its word, it stops for want of the stores. */
export default shopScenario({
  folder: 'alternative-fails',
  title: 'An alternative order that the plan offers and that cannot be followed',
  phases: [
    { migrations: ['20260112090000_stores'], changes: ['stores'], expect: [table('stores')] },
    {
      migrations: ['20260113090000_stock'],
      dependsOn: [1],
      changes: ['stock'],
      expect: [table('stock', { foreignKeys: [toStores] })],
    },
  ],
  alternatives: [{ title: 'The stock first, if the stores are late', order: [2, 1] }],
})
