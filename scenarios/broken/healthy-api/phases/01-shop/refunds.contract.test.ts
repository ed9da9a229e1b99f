import { expect, flow } from 'phaseproof/contract'

flow('an order is refunded', async ({ api, db }) => {
  const { rows } = await db.query(`SELECT "id" FROM "orders" WHERE "state" = 'PAID' ORDER BY 1 LIMIT 1`)
  const response = await api.post(`/orders/${rows[0].id}/refund`).set('authorization', 'Bearer clerk')
  expect(response).toMatchOperation('refundOrder', { status: 200 })
  expect(response.body.state).toBe('REFUNDED')
})
