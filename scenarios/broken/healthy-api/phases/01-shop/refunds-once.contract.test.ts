import { expect, test } from 'phaseproof/contract'

test('an order is refunded once only', async ({ api, db }) => {
  const { rows } = await db.query(`SELECT "id" FROM "orders" WHERE "state" = 'PAID' ORDER BY 1 LIMIT 1`)
  const refund = () => api.post(`/orders/${rows[0].id}/refund`).set('authorization', 'Bearer clerk')
  await refund().expect(200)
  expect(await refund()).toMatchOperation('refundOrder', { status: 409 })
})
