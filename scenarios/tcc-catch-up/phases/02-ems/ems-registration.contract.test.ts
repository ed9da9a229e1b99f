import { describe, expect, flow, test } from 'phaseproof/contract'
import { logIn, logInAdmin, registerAgency } from '../../flows/sessions.ts'

const path = '/api/auth/ems/register'
const registration = {
  email: 'mika@beacon.example.invalid',
  password: 'Phaseproof-Test-1!',
  name: 'Mika Medic',
  agencyName: 'Beacon Ambulance',
  phone: '555-0100',
  address: '1 Wick Way',
  city: 'Glow',
  state: 'ZZ',
  zipCode: '00000',
  serviceArea: ['North Vale'],
  capabilities: ['BLS', 'ALS'],
  operatingHours: { start: '06:00', end: '22:00' },
  smsOptIn: true,
}
const refusal = { success: false, error: expect.any(String) }

describe('EMS registration', () => {
  flow('brings a new agency along, whose administrator can log in at once', async ({ api, db }) => {
    const { body } = await api.post(path).send(registration).expect(201)

    expect(body.user).toMatchObject({
      email: registration.email,
      userType: 'EMS',
      isActive: true,
      agencyName: 'Beacon Ambulance',
      orgAdmin: true,
    })
    const { rows } = await db.query(
      `SELECT u."id", a."name", a."serviceArea", a."capabilities", a."operatingHours", a."notificationMethods",
              a."addedBy" = u."id" AS "isAddedByUser", a."addedAt" IS NOT NULL AS "isDated", a."availabilityStatus"
         FROM "ems_users" u JOIN "ems_agencies" a ON a."id" = u."agencyId" WHERE u."email" = $1`,
      [registration.email],
    )
    expect(rows).toEqual([
      {
        id: body.user.id,
        name: 'Beacon Ambulance',
        serviceArea: ['North Vale'],
        capabilities: ['BLS', 'ALS'],
        operatingHours: { start: '06:00', end: '22:00' },
        notificationMethods: ['email', 'sms'],
        isAddedByUser: true,
        isDated: true,
        availabilityStatus: { isAvailable: false, availableLevels: [] },
      },
    ])
    await logIn(api, registration.email)
  })

  flow('for a known agency waits for an administrator of the center', async ({ api, db }) => {
    const { rows } = await db.query('SELECT "id", "name" FROM "ems_agencies" ORDER BY "id" LIMIT 1')
    const { body } = await api
      .post(path)
      .send({ ...registration, agencyName: rows[0].name.toUpperCase() })
      .expect(201)
    expect(body.user).toMatchObject({ isActive: false, orgAdmin: false, agencyId: rows[0].id })
    await api.post('/api/auth/ems/login').send(registration).expect(401)

    const admin = await logInAdmin(api)
    await admin.patch(`/api/auth/admin/users/EMS/${body.user.id}`).send({ isActive: true }).expect(200)

    await logIn(api, registration.email)
  })

  test('refuses an e-mail that somebody has, whoever it is', async ({ api }) => {
    await registerAgency(api)
    for (const email of ['lantern.ambulance@flows.example.invalid', 'Admin@tcc.example.invalid']) {
      const { body } = await api
        .post(path)
        .send({ ...registration, email })
        .expect(409)
      expect(body).toEqual({ ...refusal, code: 'already-exists' })
    }
  })

  test('refuses what is missing or malformed, and writes nothing', async ({ api, db }) => {
    const before = await db.query('SELECT count(*) FROM "ems_agencies"')
    const { body } = await api
      .post(path)
      .send({ ...registration, agencyName: undefined, email: 'nobody', name: 'a\0b', latitude: 91 })
      .expect(400)

    expect(Object.keys(body.meta).sort()).toEqual([
      '/body/agencyName',
      '/body/email',
      '/body/latitude',
      '/body/name',
    ])
    expect((await db.query('SELECT count(*) FROM "ems_agencies"')).rows).toEqual(before.rows)
  })
})

describe('the own agency', () => {
  flow('is shown, changed, and says what it can send', async ({ api, db }) => {
    const medic = await registerAgency(api)
    const { body: info } = await medic.get('/api/auth/ems/agency/info').expect(200)
    expect(info.data).toMatchObject({ agencyName: 'Lantern Ambulance', smsNotifications: false })

    const change = { agencyName: 'Beacon Ambulance', phone: '555-0199', smsNotifications: true }
    const { body: changed } = await medic.put('/api/auth/ems/agency/update').send(change).expect(200)
    expect(changed).toMatchObject({ data: { agencyName: 'Beacon Ambulance' }, emailChanged: false })
    const availability = { isAvailable: true, availableLevels: ['BLS', 'CCT'] }
    await medic.put('/api/auth/ems/agency/availability').send(availability).expect(200)
    const { body: shown } = await medic.get('/api/auth/ems/agency/availability').expect(200)
    expect(shown.data.availabilityStatus).toEqual(availability)

    const { rows } = await db.query(
      `SELECT "name", "phone", "notificationMethods", "availabilityStatus" FROM "ems_agencies" WHERE "id" = $1`,
      [medic.user.agencyId],
    )
    expect(rows).toEqual([
      {
        name: 'Beacon Ambulance',
        phone: '555-0199',
        notificationMethods: ['email', 'sms'],
        availabilityStatus: availability,
      },
    ])
  })

  test('is nothing to users of other kinds, takes no name of another, and no level that does not exist', async ({
    api,
  }) => {
    const admin = await logInAdmin(api)
    await admin.get('/api/auth/ems/agency/info').expect(403)
    const medic = await registerAgency(api)
    await registerAgency(api, 'Beacon Ambulance')
    await medic.put('/api/auth/ems/agency/update').send({ agencyName: 'beacon ambulance' }).expect(409)
    const body = { isAvailable: true, availableLevels: ['HELICOPTER'] }
    await medic.put('/api/auth/ems/agency/availability').send(body).expect(400)
  })

  flow('gets sub-users, who log in with a password that they must change', async ({ api, db }) => {
    const medic = await registerAgency(api)
    const { body } = await medic
      .post('/api/ems/sub-users')
      .send({ email: 'sam@lantern.example.invalid', name: 'Sam Second' })
      .expect(201)
    const { id, email, tempPassword } = body.data
    const login = await api.post('/api/auth/ems/login').send({ email, password: tempPassword }).expect(200)
    expect(login.body).toMatchObject({
      mustChangePassword: true,
      user: { agencyId: medic.user.agencyId, orgAdmin: false },
    })
    await api.get('/api/ems/sub-users').auth(login.body.token, { type: 'bearer' }).expect(403)

    await medic.patch(`/api/ems/sub-users/${id}`).send({ name: 'Sam Third' }).expect(200)
    const { body: list } = await medic.get('/api/ems/sub-users').expect(200)
    expect(list.data).toMatchObject([{ id, email, name: 'Sam Third', isActive: true }])
    const reset = await medic.post(`/api/ems/sub-users/${id}/reset-temp-password`).expect(200)
    expect(reset.body.data.tempPassword).not.toBe(tempPassword)
    await medic.delete(`/api/ems/sub-users/${id}`).expect(200)

    await medic.patch(`/api/ems/sub-users/${id}`).send({ name: 'Sam Fourth' }).expect(404)
    await api.post('/api/auth/ems/login').send({ email, password: reset.body.data.tempPassword }).expect(401)
    const { rows } = await db.query(
      'SELECT "isSubUser", "parentUserId", "isDeleted", "deletedAt" IS NOT NULL AS "isDated" FROM "ems_users" WHERE "id" = $1',
      [id],
    )
    expect(rows).toEqual([{ isSubUser: true, parentUserId: medic.user.id, isDeleted: true, isDated: true }])
  })

  test('gets no sub-users by strangers', async ({ api }) => {
    const medic = await registerAgency(api)
    const stranger = await registerAgency(api, 'Beacon Ambulance')
    const user = { email: 'sam@lantern.example.invalid', name: 'Sam Second' }
    const { body } = await medic.post('/api/ems/sub-users').send(user).expect(201)

    await stranger.delete(`/api/ems/sub-users/${body.data.id}`).expect(404)
    await medic.post('/api/ems/sub-users').send(user).expect(409)
    const admin = await logInAdmin(api)
    await admin
      .post('/api/ems/sub-users')
      .send({ ...user, email: 'x@lantern.example.invalid' })
      .expect(422)
    const { body: all } = await admin.get('/api/ems/sub-users').expect(200)
    expect(all.data).toHaveLength(1)
  })
})
