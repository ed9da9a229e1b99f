import type { Client } from 'pg'
import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin, registerFacility } from '../../flows/sessions.ts'

const path = '/api/tcc/pickup-locations'
const door = { name: 'North door', description: 'Ring for the porter.', floor: '0', contactPhone: '555-0105' }

describe('pickup locations', () => {
  flow(
    'of a hospital of the snapshot are added, found, changed and taken out of use',
    async ({ api, db }) => {
      const admin = await logInAdmin(api)
      const hospitalId = await fetchHospitalId(db)
      const created = await admin
        .post(path)
        .send({ ...door, hospitalId })
        .expect(201)
      const { id } = created.body.data
      expect(created.body.data).toMatchObject({ ...door, hospitalId, room: null, isActive: true })
      await admin
        .post(path)
        .send({ ...door, hospitalId })
        .expect(409)

      const changed = await admin.put(`${path}/${id}`).send({ room: '12', description: null }).expect(200)
      const read = await admin.get(`${path}/${id}`).expect(200)
      expect(read.body.data).toEqual(changed.body.data)
      const ofHospital = await admin.get(`${path}/hospital/${hospitalId}`).expect(200)
      const all = await admin.get(path).expect(200)
      expect(ofHospital.body.data).toEqual([changed.body.data])
      expect(all.body.data).toEqual([changed.body.data])

      await admin.delete(`${path}/${id}`).expect(200)
      expect((await admin.get(`${path}/hospital/${hospitalId}`).expect(200)).body.data).toEqual([])
      const { rows } = await db.query(
        'SELECT "name", "room", "description", "isActive" FROM "pickup_locations" WHERE "id" = $1',
        [id],
      )
      expect(rows).toEqual([{ name: 'North door', room: '12', description: null, isActive: false }])
      const kept = await admin.get(`${path}?includeInactive=true&hospitalId=${hospitalId}`).expect(200)
      expect(kept.body.data).toHaveLength(1)
    },
  )

  flow('of a facility’s own location are added by the facility', async ({ api }) => {
    const facility = await registerFacility(api)
    const location = await facility
      .post('/api/healthcare/locations')
      .send({
        locationName: 'Pier Ward',
        address: '1 Pier Way',
        city: 'Lantern Bay',
        state: 'ZZ',
        zipCode: '00001',
        facilityType: 'HOSPITAL',
      })
      .expect(201)
    const hospitalId = location.body.data.id

    await facility
      .post(path)
      .send({ ...door, hospitalId })
      .expect(201)

    const list = await facility.get(`${path}/hospital/${hospitalId}`).expect(200)
    expect(list.body.data).toEqual([expect.objectContaining({ ...door, hospitalId })])
  })

  flow('are deleted for good only while no trip refers to them', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const hospitalId = await fetchHospitalId(db)
    const { body } = await admin
      .post(path)
      .send({ ...door, hospitalId })
      .expect(201)
    const { id } = body.data
    await db.query(
      'UPDATE "trips" SET "pickupLocationId" = $1 WHERE "id" = (SELECT min("id") FROM "trips")',
      [id],
    )

    await admin.delete(`${path}/${id}/hard`).expect(409)
    await db.query('UPDATE "trips" SET "pickupLocationId" = NULL')
    await admin.delete(`${path}/${id}/hard`).expect(200)

    await admin.get(`${path}/${id}`).expect(404)
  })

  test('are refused to nobody, for a house that is none, and without a name', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const hospitalId = await fetchHospitalId(db)

    await api.get(path).expect(401)
    await admin
      .post(path)
      .send({ ...door, hospitalId: 'nowhere' })
      .expect(422)
    await admin.post(path).send({ hospitalId }).expect(400)
    await admin.get(`${path}/hospital/nowhere`).expect(404)
    await admin.get(`${path}/nothing`).expect(404)
    await admin.put(`${path}/nothing`).send({ name: 'x' }).expect(404)
    await admin.delete(`${path}/nothing`).expect(404)
    await admin.delete(`${path}/nothing/hard`).expect(404)
  })

  test('keep their names apart within a house', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const hospitalId = await fetchHospitalId(db)
    await admin
      .post(path)
      .send({ ...door, hospitalId })
      .expect(201)
    const other = await admin.post(path).send({ hospitalId, name: 'South door' }).expect(201)

    await admin.put(`${path}/${other.body.data.id}`).send({ name: door.name }).expect(409)
  })
})

async function fetchHospitalId(db: Client): Promise<string> {
  const { rows } = await db.query('SELECT min("id") AS "id" FROM "hospitals" WHERE "isActive"')
  return rows[0].id
}
