import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin, registerAgency, registerFacility } from '../../flows/sessions.ts'
import { acceptTrip } from '../../flows/trips.ts'

const path = '/api/units'
const unit = {
  unitNumber: 'L-1',
  type: 'AMBULANCE',
  capabilities: ['BLS', 'ALS'],
  crewSize: 3,
  equipment: ['Ventilator'],
  latitude: -47.4,
  longitude: -123.5,
  nextMaintenance: '2026-03-01T08:00:00.000Z',
}

describe('units', () => {
  flow('of production are all listed, with the status that they had', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const { rows } = await db.query('SELECT "id", "unitNumber", "status" FROM "units" ORDER BY "id"')
    expect(rows.length).toBeGreaterThan(0)
    const found: { id: string }[] = []
    for (let page = 1; found.length < rows.length; page += 1) {
      const { body } = await admin.get(`${path}?page=${page}&limit=200`).expect(200)
      expect(body.data).not.toEqual([])
      found.push(...body.data)
    }
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
    expect(found.toSorted(byId)).toMatchObject(rows.toSorted(byId))
    const available = await admin.get(`${path}/available?limit=1`).expect(200)
    const ofStatus = await admin.get(`${path}?status=AVAILABLE&isActive=true&limit=1`).expect(200)
    expect(available.body).toEqual(ofStatus.body)
  })

  flow('of an agency are added with all that they have, and counted', async ({ api, db }) => {
    const medic = await registerAgency(api)

    const { body } = await medic.post(path).send(unit).expect(201)

    expect(body.data).toMatchObject({
      ...unit,
      agencyId: medic.user.agencyId,
      status: 'AVAILABLE',
      totalTripsCompleted: 0,
    })
    const { rows } = await db.query(
      `SELECT u."crewSize", u."equipment", u."status", u."latitude", a."totalTrips"
         FROM "units" u JOIN "unit_analytics" a ON a."unitId" = u."id" WHERE u."id" = $1`,
      [body.data.id],
    )
    expect(rows).toEqual([
      { crewSize: 3, equipment: ['Ventilator'], status: 'AVAILABLE', latitude: -47.4, totalTrips: 0 },
    ])
    const { body: list } = await medic.get(path).expect(200)
    expect(list.data).toEqual([body.data])
    const { body: figures } = await medic.get(`${path}/analytics`).expect(200)
    expect(figures.data).toMatchObject({ totalUnits: 1, activeUnits: 1, availableUnits: 1 })
  })

  flow('are managed: changed, sent out of service, and retired', async ({ api, db }) => {
    const medic = await registerAgency(api)
    const { body: created } = await medic.post(path).send(unit).expect(201)
    const own = `${path}/${created.data.id}`

    await medic.put(own).send({ unitNumber: 'L-9', crewSize: 2 }).expect(200)
    const { body } = await medic
      .put(`${own}/status`)
      .send({ status: 'MAINTENANCE', currentLocation: 'Garage' })
      .expect(200)
    expect(body.data).toMatchObject({ unitNumber: 'L-9', status: 'MAINTENANCE', currentLocation: 'Garage' })
    expect(body.data.lastStatusUpdate > created.data.lastStatusUpdate).toBe(true)
    await medic.delete(own).expect(200)

    const { rows } = await db.query(
      'SELECT "unitNumber", "crewSize", "status", "currentStatus", "isActive" FROM "units" WHERE "id" = $1',
      [created.data.id],
    )
    expect(rows).toEqual([
      {
        unitNumber: 'L-9',
        crewSize: 2,
        status: 'OUT_OF_SERVICE',
        currentStatus: 'OUT_OF_SERVICE',
        isActive: false,
      },
    ])
  })

  flow('on a trip count it when it is completed, and are not retired before', async ({ api }) => {
    const facility = await registerFacility(api)
    const medic = await registerAgency(api)
    const { body: created } = await medic.post(path).send(unit).expect(201)
    const own = `${path}/${created.data.id}`
    const { id } = await acceptTrip(facility, medic, { assignedUnitId: created.data.id })
    await medic.delete(own).expect(409)
    const { body: figures } = await medic.get(`${path}/analytics`).expect(200)
    expect(figures.data.totalTripsToday).toBe(1)

    await medic.put(`/api/trips/${id}/status`).send({ status: 'COMPLETED' }).expect(200)

    const { body } = await medic.get(own).expect(200)
    expect(body.data).toMatchObject({ totalTrips: 1, totalTripsCompleted: 1 })
    await medic.delete(own).expect(200)
  })

  flow('are added by the center for the agency that it names', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const { rows } = await db.query('SELECT "id" FROM "ems_agencies" ORDER BY "id" LIMIT 1')
    const agencyId = rows[0].id

    const { body } = await admin
      .post(path)
      .send({ ...unit, agencyId })
      .expect(201)

    expect(body.data.agencyId).toBe(agencyId)
    await admin.post(path).send(unit).expect(422)
    await admin
      .post(path)
      .send({ ...unit, agencyId: 'nowhere' })
      .expect(422)
  })

  test('have a number of their own in their agency, and are kept by nobody else', async ({ api, db }) => {
    const medic = await registerAgency(api)
    const stranger = await registerAgency(api, 'Beacon Ambulance')
    const { body } = await medic.post(path).send(unit).expect(201)
    const own = `${path}/${body.data.id}`

    await medic.post(path).send(unit).expect(409)
    await stranger.post(path).send(unit).expect(201)
    await stranger.get(own).expect(404)
    await stranger.put(own).send({ crewSize: 1 }).expect(404)
    await stranger.delete(own).expect(404)
    await stranger
      .post(path)
      .send({ ...unit, agencyId: medic.user.agencyId })
      .expect(403)
    await (await registerFacility(api)).post(path).send(unit).expect(403)
    await api.get(path).expect(401)
    await medic.post(path).send({ unitNumber: 'L-2' }).expect(400)
    await medic.put(`${own}/status`).send({ status: 'FLYING' }).expect(400)
    await medic.get(`${path}/on-duty`).expect(410)
    await medic.patch(`${own}/duty`).expect(410)
    const { rows } = await db.query('SELECT "crewSize", "isActive" FROM "units" WHERE "id" = $1', [
      body.data.id,
    ])
    expect(rows).toEqual([{ crewSize: 3, isActive: true }])
  })
})
