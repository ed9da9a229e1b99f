import { column, optional, required, type Scenario } from 'phaseproof'
import { shopScenario } from '../shop.ts'

/** The migrations of the healthy shop, in two phases, and the API beside them: whatever is wrong is the server's or a test's. */
export function apiScenario(folder: string, title: string): Scenario {
  return {
    ...shopScenario({
      folder,
      title,
      phases: [
        {
          migrations: ['20260112090000_refunds'],
          changes: ['OrderState', 'orders'],
          expect: [column('orders', 'refundedAt', optional('timestamp(3)'))],
        },
        {
          migrations: ['20260113090000_shipments'],
          changes: ['shipments'],
          expect: [column('shipments', 'parcel', required('text'))],
        },
      ],
    }),
    migrations: 'scenarios/broken/healthy/migrations',
    server: { module: './server.ts' },
    contract: { document: '../shop-api/openapi.yaml', sweep: '../shop-api/sweep.ts' },
  }
}
