import type { Client } from 'pg'
import { describe, expect, flow, test } from 'phaseproof/contract'
import { logIn, logInAdmin, registerFacility } from '../../flows/sessions.ts'

const path = '/api/notifications'
const staff = 'user@tcc.example.invalid'

describe('notification preferences', () => {
  flow('begin as the account has them, and keep what is not changed', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const first = await admin.get(`${path}/preferences`).expect(200)
    expect(first.body.data).toEqual({
      emailNotifications: true,
      smsNotifications: false,
      phone: null,
      notificationTypes: {},
    })

    await admin
      .put(`${path}/preferences`)
      .send({ smsNotifications: true, phone: '555-0106', notificationTypes: { TRIP_CREATED: off('sms') } })
      .expect(200)
    const second = await admin
      .put(`${path}/preferences`)
      .send({ notificationTypes: { TRIP_STATUS: off('email') } })
      .expect(200)

    expect(second.body.data).toEqual({
      emailNotifications: true,
      smsNotifications: true,
      phone: '555-0106',
      notificationTypes: { TRIP_CREATED: off('sms'), TRIP_STATUS: off('email') },
    })
    expect((await admin.get(`${path}/preferences`).expect(200)).body.data).toEqual(second.body.data)
    const { rows } = await db.query(
      `SELECT "notificationType", "emailEnabled", "smsEnabled" FROM "notification_preferences"
        WHERE "userId" = $1 ORDER BY "notificationType"`,
      [admin.user.id],
    )
    expect(rows).toEqual([
      { notificationType: 'TRIP_CREATED', emailEnabled: true, smsEnabled: false },
      { notificationType: 'TRIP_STATUS', emailEnabled: false, smsEnabled: true },
    ])
  })

  test('are for users of the control center, and well-formed', async ({ api }) => {
    const admin = await logInAdmin(api)
    const facility = await registerFacility(api)

    await api.get(`${path}/preferences`).expect(401)
    await facility.get(`${path}/preferences`).expect(403)
    await facility.put(`${path}/preferences`).send({ smsNotifications: true }).expect(403)
    await admin.put(`${path}/preferences`).send({}).expect(400)
    await admin
      .put(`${path}/preferences`)
      .send({ notificationTypes: { TRIP_STATUS: { email: 'yes', sms: false } } })
      .expect(400)
  })
})

describe('notifications', () => {
  flow(
    'reach a user in the application, and are recorded for each channel that is wanted',
    async ({ api, db }) => {
      const admin = await logInAdmin(api)
      const user = await logIn(api, staff)
      await user
        .put(`${path}/preferences`)
        .send({ smsNotifications: true, phone: '555-0107', notificationTypes: { TRIP_STATUS: off('sms') } })
        .expect(200)

      const accepted = await send('TRIP_ACCEPTED')
      const status = await send('TRIP_STATUS')

      expect(channelsOf(accepted)).toEqual(['email RECORDED', 'sms RECORDED'])
      expect(channelsOf(status)).toEqual(['email RECORDED'])
      const seen = await user.get(path).expect(200)
      expect(seen.body.data.slice(0, 2).map(typeOf)).toEqual(['TRIP_STATUS', 'TRIP_ACCEPTED'])
      const log = await user.get(`${path}/log?days=1`).expect(200)
      expect(log.body.data).toHaveLength(3)
      expect(await countLog(db, user.user.id)).toBe(3)

      async function send(notificationType: string) {
        const notice = { targetUserId: user.user.id, notificationType, message: 'The trip moved.' }
        const { body } = await admin.post(`${path}/send`).send(notice).expect(201)
        return body.data.deliveries
      }
    },
  )

  flow('fail by SMS when there is no number, and are counted so', async ({ api, db }) => {
    const admin = await logInAdmin(api)

    const mail = await admin.post(`${path}/test-email`).expect(201)
    const sms = await admin.post(`${path}/test-sms`).expect(201)

    expect(mail.body.data).toMatchObject({ channel: 'email', status: 'RECORDED', errorMessage: null })
    expect(sms.body.data).toMatchObject({ channel: 'sms', status: 'FAILED', notificationType: 'TEST' })
    const stats = await admin.get(`${path}/stats?days=1`).expect(200)
    expect(stats.body.data).toEqual({
      total: 2,
      byChannelAndStatus: [
        { channel: 'email', status: 'RECORDED', count: 1 },
        { channel: 'sms', status: 'FAILED', count: 1 },
      ],
    })
    expect(await countLog(db, admin.user.id)).toBe(2)
  })

  flow('are not sent to nobody, and leave nothing behind then', async ({ api, db }) => {
    const admin = await logInAdmin(api)

    await admin.post(`${path}/send`).send({ targetUserId: 'nothing', notificationType: 'SYSTEM' }).expect(422)

    expect((await admin.get(`${path}/log`).expect(200)).body.data).toEqual([])
    const { rows } = await db.query('SELECT FROM "system_analytics" WHERE "userId" = $1', ['nothing'])
    expect(rows).toEqual([])
  })

  test('are counted for administrators only, and read by their own user only', async ({ api }) => {
    const admin = await logInAdmin(api)
    const user = await logIn(api, staff)
    await user.get(`${path}/stats`).expect(403)
    const { body } = await user.post(`${path}/test`).expect(201)

    await admin.put(`${path}/${body.data.id}/read`).expect(404)
    await user.put(`${path}/${body.data.id}/read`).expect(200)
  })
})

/** All channels, with this one switched off. */
function off(channel: 'email' | 'sms') {
  return { email: channel !== 'email', sms: channel !== 'sms' }
}

function channelsOf(deliveries: readonly { readonly channel: string; readonly status: string }[]) {
  return deliveries.map(({ channel, status }) => `${channel} ${status}`)
}

function typeOf({ metricValue }: { readonly metricValue: { readonly type: string } }): string {
  return metricValue.type
}

async function countLog(db: Client, userId: string): Promise<number> {
  const { rows } = await db.query(
    'SELECT count(*)::int AS "count" FROM "notification_logs" WHERE "userId" = $1',
    [userId],
  )
  return rows[0].count
}
