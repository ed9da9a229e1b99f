import { describe, expect, flow, test } from 'phaseproof/contract'
import { logIn, logInAdmin, registerFacility } from '../../flows/sessions.ts'

const path = '/api/auth/healthcare/register'
const registration = {
  email: 'noor@pier.example.invalid',
  password: 'Phaseproof-Test-1!',
  name: 'Noor Nurse',
  facilityName: 'Pier Clinic',
  facilityType: 'HOSPITAL',
  manageMultipleLocations: true,
  address: '1 Pier Way',
  city: 'Lantern Bay',
  state: 'ZZ',
  zipCode: '00001',
  phone: '555-0100',
  latitude: -47.5,
  longitude: -123.25,
  smsOptIn: true,
}

describe('healthcare registration', () => {
  flow(
    'brings a new facility along, with its primary location and a hospital to review',
    async ({ api, db }) => {
      const { body } = await api.post(path).send(registration).expect(201)
      expect(body.user).toMatchObject({ isActive: true, orgAdmin: true, manageMultipleLocations: true })
      await logIn(api, registration.email)

      const { rows } = await db.query(
        `SELECT u."smsNotifications", l."locationName", l."city", l."isPrimary", l."latitude", h."requiresReview"
         FROM "healthcare_users" u
         JOIN "healthcare_locations" l ON l."healthcareUserId" = u."id"
         JOIN "hospitals" h ON h."name" = u."facilityName"
        WHERE u."id" = $1`,
        [body.user.id],
      )
      expect(rows).toEqual([
        {
          smsNotifications: true,
          locationName: 'Pier Clinic',
          city: 'Lantern Bay',
          isPrimary: true,
          latitude: -47.5,
          requiresReview: true,
        },
      ])
    },
  )

  flow('for a known facility waits for an administrator of the center', async ({ api }) => {
    await registerFacility(api, 'Pier Clinic')
    const { body } = await api
      .post(path)
      .send({ ...registration, facilityName: 'pier clinic' })
      .expect(201)
    expect(body.user).toMatchObject({ isActive: false, orgAdmin: false })
    await api.post('/api/auth/healthcare/login').send(registration).expect(401)
    const admin = await logInAdmin(api)
    await admin.patch(`/api/auth/admin/users/HEALTHCARE/${body.user.id}`).send({ isActive: true }).expect(200)
    await logIn(api, registration.email)
  })

  test('refuses an e-mail that somebody has, and what is missing', async ({ api }) => {
    await registerFacility(api)
    await api
      .post(path)
      .send({ ...registration, email: 'harbor.clinic@flows.example.invalid' })
      .expect(409)
    await api
      .post(path)
      .send({ ...registration, facilityType: undefined })
      .expect(400)
  })

  flow('leads to a facility that its administrator changes', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const update = '/api/auth/healthcare/facility/update'
    await facility.put(update).send({ city: 'Beacon' }).expect(422)
    const place = { address: '2 Hill Road', city: 'Beacon', state: 'ZZ', zipCode: '00002' }

    const { body } = await facility
      .put(update)
      .send({ facilityName: 'Hill Clinic', ...place })
      .expect(200)
    await facility.put(update).send({ phone: '555-0102' }).expect(200)

    const { rows } = await db.query(
      'SELECT "id", "locationName", "city", "phone", "isPrimary" FROM "healthcare_locations" WHERE "healthcareUserId" = $1',
      [facility.user.id],
    )
    expect(rows).toEqual([
      {
        id: body.data.primaryLocationId,
        locationName: 'Hill Clinic',
        city: 'Beacon',
        phone: '555-0102',
        isPrimary: true,
      },
    ])
  })
})

flow('from now on no kind of user is missing from the list of users', async ({ api }) => {
  await registerFacility(api)
  const admin = await logInAdmin(api)

  const { body } = await admin.get('/api/auth/users').expect(200)

  expect(body.missing).toEqual([])
  expect(body.users.map(({ domain }: { domain: string }) => domain)).toContain('HEALTHCARE')
})
