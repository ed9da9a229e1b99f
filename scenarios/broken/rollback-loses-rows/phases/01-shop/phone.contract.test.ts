import { expect, test } from 'phaseproof/contract'

test('an order by phone is listed', async ({ api, db }) => {
  const { rows } = await db.query(
    `INSERT INTO "orders" ("customerId", "totalCents", "source") SELECT min("id"), 500, 'phone' FROM "customers" RETURNING "id"`,
  )
  const { body } = await api.get('/orders').expect(200)
  expect(body.orders).toContainEqual({ id: rows[0].id, state: 'OPEN' })
})
