import { optional, required, table } from 'phaseproof'
import { shopScenario } from '../shop.ts'

const toStores = {
  columns: ['storeId'],
  references: { table: 'stores', columns: ['id'] },
  onDelete: 'NO ACTION',
  onUpdate: 'NO ACTION',
} as const

/**
 * Nothing is wrong here: phases that run in any order, although they write the time and make up keys, and one that waits for a reason
 * that no migration shows.
 */
export default shopScenario({
  folder: 'healthy-order',
  title: 'The shop gets stores, coupons and notes in any order',
  phases: [
    {
      migrations: ['20260112090000_coupons'],
      changes: ['coupons', 'orders'],
      expect: [
        table('coupons', {
          columns: {
            id: required('uuid', { default: 'gen_random_uuid()' }),
            code: required('text'),
            createdAt: required('timestamp(3)', { default: 'CURRENT_TIMESTAMP' }),
          },
        }),
        table('orders', { columns: { couponAt: optional('timestamp(3)') } }),
      ],
    },
    {
      migrations: ['20260113090000_stores'],
      dependsOn: [],
      changes: ['stores', 'orders'],
      expect: [
        table('stores'),
        table('orders', { columns: { storeId: optional('int4') }, foreignKeys: [toStores] }),
      ],
    },
    {
      migrations: ['20260114090000_stock'],
      dependsOn: [2, { phase: 1, because: 'the server offers stock only against coupons' }],
      changes: ['stock'],
      expect: [table('stock', { foreignKeys: [toStores] })],
    },
    {
      migrations: ['20260115090000_gifts'],
      dependsOn: [1],
      changes: ['gifts'],
      expect: [
        table('gifts', {
          foreignKeys: [
            {
              columns: ['couponId'],
              references: { table: 'coupons', columns: ['id'] },
              onDelete: 'NO ACTION',
              onUpdate: 'NO ACTION',
            },
          ],
        }),
      ],
    },
  ],
  alternatives: [
    { title: 'Gifts before stores', order: [1, 4, 2, 3] },
    {
      title: 'Stock first',
      order: [3, 1, 2, 4],
      fails: { phase: 3, because: 'the stock lies in stores, which phase 2 creates' },
    },
  ],
})
