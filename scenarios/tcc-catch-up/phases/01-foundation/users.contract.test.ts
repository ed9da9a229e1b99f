import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin } from '../../flows/sessions.ts'

const clerk = {
  email: 'clerk@lantern.example.invalid',
  password: 'Lantern-42',
  name: 'Casey Clerk',
  userType: 'USER',
}
const refusal = { success: false, error: expect.any(String) }

describe('users of the control center', () => {
  flow('are listed as they stand in the database', async ({ api, db }) => {
    const admin = await logInAdmin(api)

    const { body } = await admin.get('/api/auth/users').expect(200)

    const listed = body.users.filter(({ domain }: { domain: string }) => domain === 'CENTER')
    const { rows } = await db.query(
      `SELECT "id", "email", "name", "userType", "isActive" FROM "center_users" WHERE NOT "isDeleted" ORDER BY "id"`,
    )
    expect(rows.length).toBeGreaterThan(0)
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
    expect(listed.toSorted(byId)).toMatchObject(rows.toSorted(byId))
    expect(JSON.stringify(body)).not.toContain('$2b$')
  })

  test('are listed while the users of other kinds have no table, and it says which', async ({ api, db }) => {
    await db.query('ALTER TABLE IF EXISTS "healthcare_users" RENAME TO "healthcare_users_away"')
    await db.query('ALTER TABLE IF EXISTS "ems_users" RENAME TO "ems_users_away"')
    const admin = await logInAdmin(api)

    const { body } = await admin.get('/api/auth/users').expect(200)

    expect(body.missing).toEqual(['public.healthcare_users', 'public.ems_users'])
    expect(body.users.length).toBeGreaterThan(0)
  })

  test('are not listed for staff, nor for nobody', async ({ api }) => {
    const admin = await logInAdmin(api)
    await admin.post('/api/auth/register').send(clerk).expect(201)
    const { body } = await api.post('/api/auth/login').send(clerk).expect(200)

    const staff = await api.get('/api/auth/users').auth(body.token, { type: 'bearer' }).expect(403)
    const nobody = await api.get('/api/auth/users').expect(401)

    expect(staff.body).toEqual({ ...refusal, code: 'forbidden' })
    expect(nobody.body).toEqual({ ...refusal, code: 'token-missing' })
  })

  flow('are registered by an administrator, and can log in', async ({ api, db }) => {
    const admin = await logInAdmin(api)

    const { body } = await admin.post('/api/auth/register').send(clerk).expect(201)
    await api.post('/api/auth/login').send(clerk).expect(200)

    const { rows } = await db.query(
      'SELECT "id", "name", "userType", "password" <> $2 AS "isHashed" FROM "center_users" WHERE "email" = $1',
      [clerk.email, clerk.password],
    )
    expect(rows).toEqual([{ id: body.user.id, name: clerk.name, userType: 'USER', isHashed: true }])
    const again = await admin
      .post('/api/auth/register')
      .send({ ...clerk, email: clerk.email.toUpperCase() })
      .expect(409)
    expect(again.body).toEqual({ ...refusal, code: 'already-exists' })
  })

  test('are not registered with a password that is too simple, and it says what is wrong', async ({
    api,
  }) => {
    const admin = await logInAdmin(api)

    const { body } = await admin
      .post('/api/auth/register')
      .send({ ...clerk, password: 'lantern', userType: 'CAPTAIN', isRoot: true })
      .expect(400)

    expect(body.code).toBe('invalid-input')
    expect(Object.keys(body.meta).sort()).toEqual(['/body/isRoot', '/body/password', '/body/userType'])
    expect(JSON.stringify(body)).not.toContain('lantern')
  })

  flow('are deactivated and raised by an administrator', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const { body: registered } = await admin.post('/api/auth/register').send(clerk).expect(201)
    const path = `/api/auth/admin/users/CENTER/${registered.user.id}`

    const { body } = await admin.patch(path).send({ isActive: false, userType: 'ADMIN' }).expect(200)

    expect(body.data).toMatchObject({ id: registered.user.id, isActive: false, userType: 'ADMIN' })
    await api.post('/api/auth/login').send(clerk).expect(401)
    const { rows } = await db.query('SELECT "isActive", "userType" FROM "center_users" WHERE "email" = $1', [
      clerk.email,
    ])
    expect(rows).toEqual([{ isActive: false, userType: 'ADMIN' }])
  })

  test('are not turned into users of another kind, and nobody changes the own rights', async ({ api }) => {
    const admin = await logInAdmin(api)
    const { body } = await admin.post('/api/auth/register').send(clerk).expect(201)
    const users = '/api/auth/admin/users'

    await admin.patch(`${users}/CENTER/${body.user.id}`).send({ userType: 'EMS' }).expect(422)
    await admin.patch(`${users}/CENTER/${body.user.id}`).send({ orgAdmin: true }).expect(422)
    await admin.patch(`${users}/CENTER/${admin.user.id}`).send({ isActive: false }).expect(409)
    await admin.patch(`${users}/CENTER/nobody`).send({ isActive: false }).expect(404)
    await admin.patch(`${users}/PIRATES/${body.user.id}`).send({ isActive: false }).expect(400)
    await admin.patch(`${users}/CENTER/${body.user.id}`).send({}).expect(400)
  })

  flow('get a new password from an administrator, and change it themselves', async ({ api }) => {
    const admin = await logInAdmin(api)
    const { body: registered } = await admin.post('/api/auth/register').send(clerk).expect(201)

    const { body: reset } = await admin
      .post(`/api/auth/admin/users/CENTER/${registered.user.id}/reset-password`)
      .expect(200)
    const currentPassword = reset.data.tempPassword
    await api.post('/api/auth/login').send(clerk).expect(401)
    const { body: login } = await api
      .post('/api/auth/login')
      .send({ email: clerk.email, password: currentPassword })
      .expect(200)
    const change = (body: object) =>
      api.put('/api/auth/password/change').auth(login.token, { type: 'bearer' }).send(body)
    await change({ currentPassword: 'Wrong-42', newPassword: 'Beacon-43' }).expect(401)
    await change({ currentPassword, newPassword: currentPassword }).expect(422)
    await change({ currentPassword, newPassword: 'Beacon-43' }).expect(200)

    await api.post('/api/auth/login').send({ email: clerk.email, password: 'Beacon-43' }).expect(200)
    await api.post('/api/auth/logout').expect(200)
  })
})

flow('the channels by which staff is told of trips are kept', async ({ api, db }) => {
  const admin = await logInAdmin(api)
  const path = '/api/trips/notifications/settings'
  const settings = { emailNotifications: false, smsNotifications: true, phone: '555-0100' }

  await admin.put(path).send(settings).expect(200)

  const { body } = await admin.get(path).expect(200)
  expect(body.data).toEqual(settings)
  const { rows } = await db.query(
    'SELECT "emailNotifications", "smsNotifications", "phone" FROM "center_users" WHERE "id" = $1',
    [admin.user.id],
  )
  expect(rows).toEqual([settings])
  await admin.put(path).send({ phone: '' }).expect(400)
})

flow('the units of the center are listed from the beginning', async ({ api, db }) => {
  const admin = await logInAdmin(api)
  const { rows } = await db.query('SELECT count(*)::int AS "total" FROM "units"')

  const { body } = await admin.get('/api/tcc/units?limit=200').expect(200)

  expect(body.pagination.total).toBe(rows[0].total)
  expect(body.data).toHaveLength(Math.min(200, rows[0].total))
  const { agencyId } = body.data[0]
  const ofAgency = await admin.get(`/api/tcc/units/${agencyId}`).expect(200)
  expect(new Set(ofAgency.body.data.map((unit: { agencyId: string }) => unit.agencyId))).toEqual(
    new Set([agencyId]),
  )
  await admin.get('/api/tcc/units/nowhere').expect(404)
  await admin.delete(`/api/tcc/units/${agencyId}`).expect(410)
})
