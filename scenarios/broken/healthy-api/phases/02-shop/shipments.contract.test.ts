import { expect, flow } from 'phaseproof/contract'

flow('shipments are listed', async ({ api }) => {
  const response = await api.get('/shipments').set('authorization', 'Bearer clerk')
  expect(response).toMatchOperation('listShipments', { status: 200 })
  expect(response.body.shipments.length).toBeGreaterThan(0)
})
