import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin, registerFacility } from '../../flows/sessions.ts'

const path = '/api/healthcare/locations'
const pier = {
  locationName: 'Pier Ward',
  address: '1 Pier Way',
  city: 'Lantern Bay',
  state: 'ZZ',
  zipCode: '00001',
  facilityType: 'HOSPITAL',
  phone: '555-0101',
  latitude: -47.5,
  longitude: -123.25,
}
const hill = { ...pier, locationName: 'Hill Ward', address: '2 Hill Road', phone: null }

describe('locations of a facility', () => {
  flow('are added, found, changed and deleted', async ({ api, db }) => {
    const facility = await registerFacility(api)

    const created = await facility.post(path).send(pier).expect(201)
    const { id } = created.body.data
    expect(created.body.data).toMatchObject({ ...pier, isActive: true, isPrimary: false })

    const changed = await facility.put(`${path}/${id}`).send({ city: 'Beacon', isActive: false }).expect(200)
    expect(changed.body.data).toMatchObject({ ...pier, city: 'Beacon', isActive: false })

    const read = await facility.get(`${path}/${id}`).expect(200)
    expect(read.body.data).toEqual(changed.body.data)
    const { rows } = await db.query(
      `SELECT "locationName", "city", "isActive", "latitude", "healthcareUserId"
         FROM "healthcare_locations" WHERE "id" = $1`,
      [id],
    )
    expect(rows).toEqual([
      {
        locationName: 'Pier Ward',
        city: 'Beacon',
        isActive: false,
        latitude: -47.5,
        healthcareUserId: facility.user.id,
      },
    ])

    await facility.delete(`${path}/${id}`).expect(200)
    await facility.get(`${path}/${id}`).expect(404)
    const left = await db.query('SELECT FROM "healthcare_locations" WHERE "id" = $1', [id])
    expect(left.rows).toEqual([])
  })

  flow('are listed, and the active ones apart', async ({ api }) => {
    const facility = await registerFacility(api)
    await facility.post(path).send(pier).expect(201)
    await facility
      .post(path)
      .send({ ...hill, isActive: false })
      .expect(201)

    const all = await facility.get(path).expect(200)
    const active = await facility.get(`${path}/active`).expect(200)

    expect(namesOf(all.body.data)).toEqual(['Hill Ward', 'Pier Ward'])
    expect(namesOf(active.body.data)).toEqual(['Pier Ward'])
  })

  flow('have one primary among them', async ({ api }) => {
    const facility = await registerFacility(api)
    const first = await facility
      .post(path)
      .send({ ...pier, isPrimary: true })
      .expect(201)
    const second = await facility
      .post(path)
      .send({ ...hill, isPrimary: true })
      .expect(201)
    expect(await primaries()).toEqual(['Hill Ward'])

    await facility.put(`${path}/${first.body.data.id}/set-primary`).expect(200)
    expect(await primaries()).toEqual(['Pier Ward'])

    await facility.put(`${path}/${second.body.data.id}`).send({ isPrimary: true }).expect(200)
    expect(await primaries()).toEqual(['Hill Ward'])

    async function primaries() {
      const { body } = await facility.get(path).expect(200)
      return namesOf(body.data.filter(({ isPrimary }: { isPrimary: boolean }) => isPrimary))
    }
  })

  flow('are seen and changed by an administrator of the control center', async ({ api }) => {
    const facility = await registerFacility(api)
    const admin = await logInAdmin(api)
    const { body } = await facility.post(path).send(pier).expect(201)

    const all = await admin.get(`${path}/all`).expect(200)
    expect(all.body.data).toContainEqual({
      ...body.data,
      healthcareUser: {
        id: facility.user.id,
        email: facility.user.email,
        name: 'Noor Nurse',
        facilityName: 'Harbor Clinic',
      },
    })
    await admin.put(`${path}/${body.data.id}/admin`).send({ isActive: false }).expect(200)
    const seen = await facility.get(`${path}/${body.data.id}`).expect(200)
    expect(seen.body.data.isActive).toBe(false)
  })

  flow('are nobody else’s to see, change or delete', async ({ api }) => {
    const facility = await registerFacility(api)
    const stranger = await registerFacility(api, 'Other Clinic')
    const { body } = await facility.post(path).send(pier).expect(201)
    const its = `${path}/${body.data.id}`

    await stranger.get(its).expect(404)
    await stranger.put(its).send({ city: 'Elsewhere' }).expect(404)
    await stranger.put(`${its}/set-primary`).expect(404)
    await stranger.delete(its).expect(404)
    await stranger.put(`${its}/admin`).send({ isActive: false }).expect(403)
    await stranger.get(`${path}/all`).expect(403)
    expect((await stranger.get(path).expect(200)).body.data).toEqual([])
  })

  flow(
    'are shared with the sub-users of the facility, who are nobody before their password is set',
    async ({ api }) => {
      const facility = await registerFacility(api)
      await facility.post(path).send(pier).expect(201)
      const created = await facility
        .post('/api/healthcare/sub-users')
        .send({ email: 'sub@flows.example.invalid', name: 'Sam Sub' })
        .expect(201)
      const { tempPassword, email } = created.body.data

      const login = await api.post('/api/auth/login').send({ email, password: tempPassword }).expect(200)
      const list = await api.get(path).auth(login.body.token, { type: 'bearer' }).expect(200)

      expect(login.body.mustChangePassword).toBe(true)
      expect(namesOf(list.body.data)).toEqual(['Pier Ward'])
    },
  )

  test('are refused to nobody, to the control center, and with a wrong description', async ({ api }) => {
    const facility = await registerFacility(api)
    const admin = await logInAdmin(api)

    await api.get(path).expect(401)
    await api.post(path).send(pier).expect(401)
    await admin.get(path).expect(403)
    await admin.put(`${path}/nothing/admin`).send({ isActive: false }).expect(404)
    const { locationName: _, ...nameless } = pier
    const missing = await facility.post(path).send(nameless).expect(400)
    const wrong = await facility
      .post(path)
      .send({ ...pier, latitude: 91, healthcareUserId: 'me' })
      .expect(400)

    expect(Object.keys(missing.body.meta)).toEqual(['/body/locationName'])
    expect(Object.keys(wrong.body.meta).sort()).toEqual(['/body/healthcareUserId', '/body/latitude'])
  })
})

function namesOf(locations: readonly { readonly locationName: string }[]): readonly string[] {
  return locations.map(({ locationName }) => locationName).sort()
}
