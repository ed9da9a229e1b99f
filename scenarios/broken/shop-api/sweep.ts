import { defineSweep } from 'phaseproof'

/** Valid input for every operation of the shop. */
export default defineSweep({
  rows: {},
  users: { CLERK: { path: '/login', body: {}, token: '/token' } },
  samples: {
    refundOrder: {
      path: { id: { $sql: `SELECT "id" FROM "orders" WHERE "state" = 'OPEN' ORDER BY 1 LIMIT 1` } },
    },
    listShipments: { holds: `SELECT "parcel" FROM "shipments"` },
  },
})
