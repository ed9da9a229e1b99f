import { expect, test } from 'phaseproof/contract'

test('a credit note is listed as an order', async ({ api, db }) => {
  const { rows } = await db.query(
    `INSERT INTO "orders" ("customerId", "totalCents") SELECT min("id"), -500 FROM "customers" RETURNING "id"`,
  )
  const { body } = await api.get('/orders').expect(200)
  expect(body.orders).toContainEqual({ id: rows[0].id, state: 'OPEN' })
})
