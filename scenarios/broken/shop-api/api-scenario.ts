import { check, column, optional, required, type Scenario, table } from 'phaseproof'
import { type ShopScenario, shopScenario } from '../shop.ts'

/** The migrations of the healthy shop, in two phases, and the API beside them: whatever is wrong is the server's or a test's. */
export function apiScenario(
  folder: string,
  title: string,
  roles: Pick<ShopScenario, 'snapshot' | 'roles'> = {},
): Scenario {
  return {
    ...shopScenario({
      folder,
      title,
      ...roles,
      phases: [
        {
          migrations: ['20260112090000_refunds'],
          changes: ['OrderState', 'orders'],
          expect: [column('orders', 'refundedAt', optional('timestamp(3)'))],
        },
        {
          migrations: ['20260113090000_shipments'],
          changes: ['shipments'],
          expect: [
            table('shipments', {
              columns: { parcel: required('text') },
              uniques: [['orderId', 'parcel']],
              foreignKeys: [
                {
                  columns: ['orderId'],
                  references: { table: 'orders', columns: ['id'] },
                  onDelete: 'CASCADE',
                },
              ],
              indexes: [{ keys: ['weightGrams'], where: '("weightGrams" > 30000)' }],
            }),
            check('shipments', 'shipments_weightGrams_check'),
          ],
        },
      ],
    }),
    migrations: 'scenarios/broken/healthy/migrations',
    server: { module: './server.ts' },
    contract: { document: '../shop-api/openapi.yaml', sweep: '../shop-api/sweep.ts' },
  }
}
