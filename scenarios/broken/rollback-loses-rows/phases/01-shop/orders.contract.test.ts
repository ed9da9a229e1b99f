import { expect, flow } from 'phaseproof/contract'

flow.keepsWorking('orders are listed', async ({ api }) => {
  const { body } = await api.get('/orders').expect(200)
  expect(body.orders.length).toBeGreaterThan(0)
})
