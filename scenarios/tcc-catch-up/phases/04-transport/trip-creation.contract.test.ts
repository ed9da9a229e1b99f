import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin, registerAgency, registerFacility } from '../../flows/sessions.ts'
import { acceptTrip, requestTrip, transport } from '../../flows/trips.ts'

describe('trip creation', () => {
  flow('by a facility writes what was requested, and the trip is read back the same', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const request = {
      ...transport,
      patientId: 'PT-7',
      patientAgeYears: 81,
      patientAgeCategory: 'ADULT',
      scheduledTime: '2026-01-07T09:30:00.000Z',
      oxygenRequired: true,
      generateQRCode: true,
      notificationRadius: 40,
      notes: 'Ring twice.',
    }

    const { body } = await facility.post('/api/trips/enhanced').send(request).expect(201)

    expect(body.data).toMatchObject({
      ...request,
      status: 'PENDING_DISPATCH',
      priority: 'MEDIUM',
      healthcareFacilityName: 'Harbor Clinic',
      qrCodeData: body.data.tripNumber,
    })
    const read = await facility.get(`/api/trips/${body.data.id}`).expect(200)
    expect(read.body.data).toEqual(body.data)
    const { rows } = await db.query(
      `SELECT "patientId", "patientAgeYears", "scheduledTime"::text, "oxygenRequired", "priority", "status",
              "healthcareCreatedById", "createdById"
         FROM "transport_requests" WHERE "id" = $1`,
      [body.data.id],
    )
    expect(rows).toEqual([
      {
        patientId: 'PT-7',
        patientAgeYears: 81,
        scheduledTime: '2026-01-07 09:30:00',
        oxygenRequired: true,
        priority: 'MEDIUM',
        status: 'PENDING_DISPATCH',
        healthcareCreatedById: facility.user.id,
        createdById: null,
      },
    ])
  })

  flow('by the center between two facilities of production names both', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const { rows } = await db.query(
      'SELECT "id", "name" FROM "facilities" WHERE "isActive" ORDER BY "id" LIMIT 2',
    )
    const [origin, destination] = rows
    const request = {
      patientId: 'PT-8',
      originFacilityId: origin.id,
      destinationFacilityId: destination.id,
      transportLevel: 'BLS',
      priority: 'HIGH',
    }

    const { body } = await admin.post('/api/trips').send(request).expect(201)

    expect(body.data).toMatchObject({
      ...request,
      status: 'PENDING',
      originFacility: origin,
      destinationFacility: destination,
      createdById: admin.user.id,
    })
    const { body: list } = await admin.get('/api/trips?priority=HIGH&status=PENDING,ACCEPTED').expect(200)
    expect(list.data).toEqual([body.data])
    expect(list.pagination).toEqual({ page: 1, limit: 50, total: 1, totalPages: 1 })
  })

  flow('from a location of the facility names the location', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const place = { address: '2 Hill Road', city: 'Beacon', state: 'ZZ', zipCode: '00002' }
    const { body } = await facility.put('/api/auth/healthcare/facility/update').send(place).expect(200)
    const fromLocationId = body.data.primaryLocationId

    const trip = await requestTrip(facility, { fromLocationId })

    expect(trip).toMatchObject({
      fromLocationId,
      healthcareLocation: { id: fromLocationId, locationName: 'Harbor Clinic', city: 'Beacon' },
    })
    const { rows } = await db.query('SELECT "fromLocationId" FROM "transport_requests" WHERE "id" = $1', [
      trip.id,
    ])
    expect(rows).toEqual([{ fromLocationId }])
    const stranger = await registerFacility(api, 'Pier Clinic')
    await stranger
      .post('/api/trips/enhanced')
      .send({ ...transport, fromLocationId })
      .expect(422)
  })

  flow('with limits for the answers keeps them in the trip record', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const limits = {
      selectionMode: 'BROADCAST',
      maxResponses: 2,
      responseDeadline: '2036-01-07T09:30:00.000Z',
    }

    const { body } = await facility
      .post('/api/trips/with-responses')
      .send({ ...transport, ...limits })
      .expect(201)

    const path = `/api/trips/${body.data.id}`
    const read = await facility.get(`${path}/with-responses`).expect(200)
    expect(read.body.data).toEqual({
      trip: body.data,
      collecting: { ...limits, responseStatus: 'PENDING' },
      responses: [],
    })
    await facility.put(`${path}/response-fields`).send({ maxResponses: 3 }).expect(200)
    const { rows } = await db.query(
      'SELECT "tripNumber", "maxResponses", "selectionMode" FROM "trips" WHERE "id" = $1',
      [body.data.id],
    )
    expect(rows).toEqual([{ tripNumber: body.data.tripNumber, maxResponses: 3, selectionMode: 'BROADCAST' }])
    await facility.post('/api/trips/with-responses').send(transport).expect(422)
  })

  test('refuses nobody, agencies, malformed requests and unknown references', async ({ api, db }) => {
    await api.post('/api/trips/enhanced').send(transport).expect(401)
    const medic = await registerAgency(api)
    await medic.post('/api/trips/enhanced').send(transport).expect(403)
    const facility = await registerFacility(api)
    const refused = async (status: number, more: object) =>
      (
        await facility
          .post('/api/trips/enhanced')
          .send({ ...transport, ...more })
          .expect(status)
      ).body
    const malformed = await refused(400, {
      transportLevel: 'HELICOPTER',
      scheduledTime: '2026-02-30T00:00:00Z',
    })
    expect(Object.keys(malformed.meta).sort()).toEqual(['/body/scheduledTime', '/body/transportLevel'])
    await refused(400, { toLocation: '' })
    await refused(400, { status: 'COMPLETED' })
    await refused(422, { fromLocationId: 'nowhere' })
    await refused(422, { selectedAgencies: ['nowhere'] })
    await facility
      .post('/api/trips')
      .send({
        patientId: 'PT-8',
        originFacilityId: 'nowhere',
        destinationFacilityId: 'nowhere',
        transportLevel: 'BLS',
        priority: 'HIGH',
      })
      .expect(422)
    expect((await db.query('SELECT FROM "transport_requests"')).rows).toEqual([])
  })
})

describe('a trip', () => {
  flow(
    'is seen by its facility, by the agency it was given to and by the center, and by nobody else',
    async ({ api }) => {
      const facility = await registerFacility(api)
      const medic = await registerAgency(api)
      const strangers = [
        await registerFacility(api, 'Pier Clinic'),
        await registerAgency(api, 'Beacon Ambulance'),
      ]
      const { id } = await acceptTrip(facility, medic)

      for (const user of [facility, medic, await logInAdmin(api)]) {
        const { body } = await user.get('/api/trips').expect(200)
        expect(body.data.map((trip: { id: string }) => trip.id)).toEqual([id])
      }
      for (const stranger of strangers) {
        const { body } = await stranger.get('/api/trips').expect(200)
        expect(body.data).toEqual([])
        await stranger.get(`/api/trips/${id}`).expect(404)
      }
    },
  )

  flow('for the future is authorized, others are not', async ({ api }) => {
    const facility = await registerFacility(api)
    const future = await requestTrip(facility, {
      scheduledTime: '2036-01-07T09:30:00.000Z',
      status: 'PENDING',
    })
    const { body } = await facility.post(`/api/trips/${future.id}/authorize`).expect(200)
    expect(body.data.status).toBe('PENDING_DISPATCH')

    const now = await requestTrip(facility)
    await facility.post(`/api/trips/${now.id}/authorize`).expect(409)
    await facility.post('/api/trips/nowhere/authorize').expect(404)
  })
})

describe('what is asked before there is a trip', () => {
  test('are lists of options', async ({ api }) => {
    const facility = await registerFacility(api)
    const { body } = await facility.get('/api/trips/options/urgency').expect(200)
    expect(body.data).toEqual(['Routine', 'Urgent', 'Emergent'])
    await facility.get('/api/trips/options/weather').expect(400)
  })

  test('are agencies that can be asked now, and those near a hospital', async ({ api, db }) => {
    const medic = await registerAgency(api)
    const availability = { isAvailable: true, availableLevels: ['BLS'] }
    await medic.put('/api/auth/ems/agency/availability').send(availability).expect(200)
    const available = await medic.get('/api/trips/agencies/available').expect(200)
    expect(available.body.data).toMatchObject([
      { name: 'Lantern Ambulance', availabilityStatus: availability },
    ])

    const { rows } = await db.query(
      'UPDATE "hospitals" SET "latitude" = -47.4, "longitude" = -123.5 WHERE "id" = (SELECT min("id") FROM "hospitals") RETURNING "id"',
    )
    const near = await medic.get(`/api/trips/agencies/${rows[0].id}?radius=6`).expect(200)
    expect(near.body.data.map((row: { name: string }) => row.name)).toContain('Lantern Ambulance')
    await medic.get('/api/trips/agencies/nowhere').expect(404)
  })

  test('is the distance', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const origin = { latitude: -47.4, longitude: -123.5 }
    const { rows } = await db.query(
      'UPDATE "facilities" SET "latitude" = -47.4, "longitude" = -124.5 WHERE "id" = (SELECT min("id") FROM "facilities") RETURNING "id"',
    )
    const destination = { facilityId: rows[0].id }
    const { body } = await admin
      .post('/api/trips/calculate-distance')
      .send({ origin, destination })
      .expect(200)
    expect(body.data).toEqual({ distanceMiles: 46.8, estimatedTripTimeMinutes: 63 })
    const nowhere = { facilityId: 'nowhere' }
    await admin.post('/api/trips/calculate-distance').send({ origin, destination: nowhere }).expect(422)
    await admin.post('/api/trips/calculate-distance').send({ origin }).expect(400)
  })
})
