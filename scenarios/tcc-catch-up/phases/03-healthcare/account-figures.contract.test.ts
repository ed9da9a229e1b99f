import { expect, flow } from 'phaseproof/contract'
import { logInAdmin, registerFacility } from '../../flows/sessions.ts'

flow('accounts of every kind are counted for the control center', async ({ api, db }) => {
  const admin = await logInAdmin(api)
  await registerFacility(api)

  const { body } = await admin.get('/api/tcc/analytics/accounts?days=1').expect(200)

  const { rows } = await db.query('SELECT count(*)::int AS "total" FROM "center_users" WHERE NOT "isDeleted"')
  expect(body.data.center.total).toBe(rows[0].total)
  expect(body.data.center.recentlyUsed).toBe(1)
  expect(body.data.healthcare).toEqual({
    total: 1,
    active: 1,
    deleted: 0,
    recentlyUsed: 1,
    idle: 0,
    registered: 1,
  })
})
