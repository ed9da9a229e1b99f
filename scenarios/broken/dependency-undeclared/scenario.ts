import { type FindingKind, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

export const finding: FindingKind = 'dependency-undeclared'

const toStores = {
  columns: ['storeId'],
  references: { table: 'stores', columns: ['id'] },
  onDelete: 'NO ACTION',
  onUpdate: 'NO ACTION',
} as const

/** The stock refers to the stores of phase 1, so whoever trusts the plan and begins with phase 2 sees it fail. */
export default shopScenario({
  folder: 'dependency-undeclared',
  title: 'A phase that needs a table of another one and does not say so',
  phases: [
    { migrations: ['20260112090000_stores'], changes: ['stores'], expect: [table('stores')] },
    {
      migrations: ['20260113090000_stock'],
      dependsOn: [],
      changes: ['stock'],
      expect: [table('stock', { foreignKeys: [toStores] })],
    },
  ],
})
