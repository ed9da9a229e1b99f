import { expect, flow } from 'phaseproof/contract'
import { logInAdmin } from '../../flows/sessions.ts'

flow('a test of the channels for trips is recorded, not sent', async ({ api, db }) => {
  const admin = await logInAdmin(api)
  const settings = { smsNotifications: true, phone: '555-0100' }
  await admin.put('/api/trips/notifications/settings').send(settings).expect(200)

  await admin.post('/api/trips/test-email').expect(201)
  await admin.post('/api/trips/test-sms').expect(201)

  const { rows } = await db.query(
    'SELECT "channel", "status" FROM "notification_logs" WHERE "userId" = $1 ORDER BY "channel"',
    [admin.user.id],
  )
  expect(rows).toEqual([
    { channel: 'email', status: 'RECORDED' },
    { channel: 'sms', status: 'RECORDED' },
  ])
})
