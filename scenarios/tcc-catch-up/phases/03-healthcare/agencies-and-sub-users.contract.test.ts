import type { Client } from 'pg'
import { describe, expect, flow } from 'phaseproof/contract'
import { registerFacility } from '../../flows/sessions.ts'

const agencies = '/api/healthcare/agencies'
const subUsers = '/api/healthcare/sub-users'
const lantern = {
  name: 'Lantern Ambulance',
  contactName: 'Lea Lantern',
  phone: '555-0104',
  email: 'dispatch@lantern.example.invalid',
  address: '4 Lantern Lane',
  city: 'Lantern Bay',
  state: 'ZZ',
  zipCode: '00004',
  capabilities: ['BLS', 'ALS'],
}

describe('agencies of a facility', () => {
  flow('are taken from those of the snapshot, preferred, and given up again', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const known = await fetchAgency(db)
    const found = await facility
      .get(`${agencies}/registered/search`)
      .query({ q: known.name.slice(0, 8), limit: 200 })
      .expect(200)
    expect(found.body.data.map(({ id }: { id: string }) => id)).toContain(known.id)

    await facility.post(`${agencies}/add-existing`).send({ agencyId: known.id }).expect(201)
    await facility.post(`${agencies}/add-existing`).send({ agencyId: known.id }).expect(409)
    await facility.patch(`${agencies}/${known.id}/preferred`).send({ isPreferred: true }).expect(200)

    const list = await facility.get(agencies).expect(200)
    expect(list.body.data).toEqual([
      expect.objectContaining({ id: known.id, name: known.name, isPreferred: true }),
    ])
    expect(await fetchPreferences(db, facility.user.id)).toEqual([{ agencyId: known.id, isPreferred: true }])

    await facility.put(`${agencies}/${known.id}`).send({ name: 'Renamed' }).expect(403)
    await facility.delete(`${agencies}/${known.id}`).expect(200)
    expect(await fetchPreferences(db, facility.user.id)).toEqual([])
    await facility.get(`${agencies}/${known.id}`).expect(404)
    await facility.put(`${agencies}/${known.id}`).send({ name: 'x' }).expect(404)
    await facility.patch(`${agencies}/${known.id}/preferred`).send({ isPreferred: true }).expect(404)
    await facility.delete(`${agencies}/${known.id}`).expect(404)
    await facility.post(`${agencies}/add-existing`).send({ agencyId: 'nothing' }).expect(422)
  })

  flow('are added anew, and changed by whoever added them', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const created = await facility
      .post(agencies)
      .send({ ...lantern, isPreferred: true })
      .expect(201)
    const { id } = created.body.data
    expect(created.body.data).toMatchObject({ ...lantern, addedBy: facility.user.id, isPreferred: true })

    const changed = await facility
      .put(`${agencies}/${id}`)
      .send({ capabilities: ['CCT'] })
      .expect(200)

    expect(changed.body.data).toMatchObject({ ...lantern, capabilities: ['CCT'], isPreferred: true })
    const { rows } = await db.query(
      'SELECT "name", "addedBy", "capabilities" FROM "ems_agencies" WHERE "id" = $1',
      [id],
    )
    expect(rows).toEqual([{ name: lantern.name, addedBy: facility.user.id, capabilities: ['CCT'] }])
  })

  flow('are offered when they say they are available, nearest first', async ({ api, db }) => {
    const facility = await registerFacility(api)
    await facility
      .post('/api/healthcare/locations')
      .send({
        locationName: 'Pier Ward',
        address: '1 Pier Way',
        city: 'Lantern Bay',
        state: 'ZZ',
        zipCode: '00001',
        facilityType: 'HOSPITAL',
        isPrimary: true,
        latitude: 10,
        longitude: 10,
      })
      .expect(201)
    await add('Far Ambulance', 11, true)
    await add('Near Ambulance', 10.1, true)
    await add('Busy Ambulance', 10, false)

    const near = await facility.get(`${agencies}/available?radius=50`).expect(200)
    const all = await facility.get(`${agencies}/available?radius=all`).expect(200)

    expect(near.body.data).toEqual([
      expect.objectContaining({ name: 'Near Ambulance', availableLevels: ['BLS'], distance: 6.9 }),
    ])
    expect(near.body).toMatchObject({ count: 1, radiusMiles: 50 })
    expect(all.body.data.map(({ name }: { name: string }) => name)).toEqual([
      'Near Ambulance',
      'Far Ambulance',
    ])

    async function add(name: string, latitude: number, isAvailable: boolean) {
      const agency = { ...lantern, name, latitude, longitude: 10 }
      const { body } = await facility.post(agencies).send(agency).expect(201)
      await db.query('UPDATE "ems_agencies" SET "availabilityStatus" = $2 WHERE "id" = $1', [
        body.data.id,
        { isAvailable, availableLevels: ['BLS'] },
      ])
    }
  })
})

describe('sub-users of a facility', () => {
  flow('are added, changed, given a new password, and deleted', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const sub = { email: 'sub@flows.example.invalid', name: 'Sam Sub' }
    const created = await facility.post(subUsers).send(sub).expect(201)
    const { id, tempPassword } = created.body.data
    await facility.post(subUsers).send(sub).expect(409)
    await facility.patch(`${subUsers}/${id}`).send({ email: 'admin@tcc.example.invalid' }).expect(409)
    await facility.patch(`${subUsers}/nothing`).send({ name: 'x' }).expect(404)
    await facility.post(`${subUsers}/nothing/reset-temp-password`).expect(404)
    await facility.delete(`${subUsers}/nothing`).expect(404)

    await facility.patch(`${subUsers}/${id}`).send({ name: 'Sam Second' }).expect(200)
    const list = await facility.get(subUsers).expect(200)
    expect(list.body.data).toEqual([
      expect.objectContaining({ id, email: sub.email, name: 'Sam Second', isActive: true }),
    ])

    const reset = await facility.post(`${subUsers}/${id}/reset-temp-password`).expect(200)
    await logInWith(tempPassword).expect(401)
    const login = await logInWith(reset.body.data.tempPassword).expect(200)
    expect(login.body).toMatchObject({ mustChangePassword: true, user: { facilityName: 'Harbor Clinic' } })
    await api.get(subUsers).auth(login.body.token, { type: 'bearer' }).expect(403)

    await facility.delete(`${subUsers}/${id}`).expect(200)
    await logInWith(reset.body.data.tempPassword).expect(401)
    expect((await facility.get(subUsers).expect(200)).body.data).toEqual([])
    const { rows } = await db.query(
      'SELECT "isDeleted", "parentUserId", "isSubUser" FROM "healthcare_users" WHERE "id" = $1',
      [id],
    )
    expect(rows).toEqual([{ isDeleted: true, parentUserId: facility.user.id, isSubUser: true }])

    function logInWith(password: string) {
      return api.post('/api/auth/healthcare/login').send({ email: sub.email, password })
    }
  })
})

async function fetchAgency(db: Client): Promise<{ readonly id: string; readonly name: string }> {
  const { rows } = await db.query(
    'SELECT "id", "name" FROM "ems_agencies" WHERE "isActive" ORDER BY "id" LIMIT 1',
  )
  return rows[0]
}

async function fetchPreferences(db: Client, userId: string): Promise<readonly unknown[]> {
  const { rows } = await db.query(
    'SELECT "agencyId", "isPreferred" FROM "healthcare_agency_preferences" WHERE "healthcareUserId" = $1',
    [userId],
  )
  return rows
}
