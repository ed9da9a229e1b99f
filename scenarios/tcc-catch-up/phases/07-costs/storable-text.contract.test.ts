import { test } from 'phaseproof/contract'
import { logInAdmin } from '../../flows/sessions.ts'

test('text that can’t be stored is refused', async ({ api }) => {
  const admin = await logInAdmin(api)
  const send = (path: string, json: string) =>
    admin.post(path).set('content-type', 'application/json').send(json)

  for (const half of ['\\ud800', '\\udc00', '\\u0000']) {
    await send('/api/notifications/test', `{"title":"${half}"}`).expect(400)
    await send('/api/dropdown-options', `{"category":"urgency","value":"${half}"}`).expect(400)
    const rates = `{"name":"x","baseRates":{"${half}":1},"perMileRates":{}}`
    await send('/api/tcc/pricing-models', rates).expect(400)
  }
  await send('/api/notifications/test', '{"title":"\\ud83d\\udea7 \\u00df"}').expect(201)
})
