import { expect, flow } from 'phaseproof/contract'

flow('orders are listed', async ({ api }) => {
  const response = await api.get('/orders').set('authorization', 'Bearer clerk')
  expect(response).toMatchOperation('listOrders', { status: 200 })
  expect(response.body.orders.length).toBeGreaterThan(0)
})
