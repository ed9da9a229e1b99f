import { expect, flow } from 'phaseproof/contract'

flow.keepsWorking('orders are listed', async ({ api }) => {
  const { status, body } = await api.get('/orders')
  expect(status).toBe(200)
  expect(body).toHaveLength(10)
})
