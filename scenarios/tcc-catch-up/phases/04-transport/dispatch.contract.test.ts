import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin, registerAgency, registerFacility } from '../../flows/sessions.ts'
import { dispatchTrip, requestTrip } from '../../flows/trips.ts'

describe('dispatch', () => {
  flow('asks each agency, and opens the trip to them', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const [first, second] = [await registerAgency(api), await registerAgency(api, 'Beacon Ambulance')]
    const trip = await requestTrip(facility)
    const agencyIds = [first.user.agencyId, second.user.agencyId]

    const { body } = await facility
      .post(`/api/trips/${trip.id}/dispatch`)
      .send({ agencyIds, dispatchMode: 'HYBRID', notificationRadius: 30 })
      .expect(200)

    expect(body.data.dispatchedTo.toSorted()).toEqual(agencyIds.toSorted())
    const { rows } = await db.query(
      `SELECT r."agencyId", r."response", t."status", t."notificationRadius", cardinality(t."selectedAgencies") AS "asked"
         FROM "agency_responses" r JOIN "transport_requests" t ON t."id" = r."tripId"
        WHERE t."id" = $1 ORDER BY r."agencyId"`,
      [trip.id],
    )
    expect(rows).toEqual(
      agencyIds.toSorted().map((agencyId) => ({
        agencyId,
        response: 'PENDING',
        status: 'PENDING',
        notificationRadius: 30,
        asked: 2,
      })),
    )
    const open = await second.get('/api/agency/transport-requests').expect(200)
    expect(open.body.requests).toMatchObject([{ id: trip.id, status: 'PENDING' }])
  })

  flow('by preference asks those that the facility prefers, and tells who was left out', async ({ api }) => {
    const facility = await registerFacility(api)
    const [preferred, other] = [await registerAgency(api), await registerAgency(api, 'Beacon Ambulance')]
    await facility
      .post('/api/healthcare/agencies/add-existing')
      .send({ agencyId: preferred.user.agencyId, isPreferred: true })
      .expect(201)
    const trip = await requestTrip(facility)

    const { body } = await facility
      .post(`/api/trips/${trip.id}/dispatch`)
      .send({ agencyIds: [preferred.user.agencyId, other.user.agencyId], dispatchMode: 'PREFERRED' })
      .expect(200)

    expect(body.data).toMatchObject({
      dispatchedTo: [preferred.user.agencyId],
      skipped: [{ agencyId: other.user.agencyId, reason: 'not-preferred' }],
    })
  })

  flow('by distance leaves out who is too far from the location', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const place = { address: '2 Hill Road', city: 'Beacon', state: 'ZZ', zipCode: '00002' }
    const { body: update } = await facility
      .put('/api/auth/healthcare/facility/update')
      .send({ ...place, latitude: -47.4, longitude: -123.5 })
      .expect(200)
    const [near, far] = [await registerAgency(api), await registerAgency(api, 'Beacon Ambulance')]
    await db.query('UPDATE "ems_agencies" SET "longitude" = -120 WHERE "id" = $1', [far.user.agencyId])
    const trip = await requestTrip(facility, { fromLocationId: update.data.primaryLocationId })
    const agencyIds = [near.user.agencyId, far.user.agencyId]

    const { body } = await facility
      .post(`/api/trips/${trip.id}/dispatch`)
      .send({ agencyIds, dispatchMode: 'GEOGRAPHIC', notificationRadius: 10 })
      .expect(200)

    expect(body.data).toMatchObject({
      dispatchedTo: [near.user.agencyId],
      skipped: [{ agencyId: far.user.agencyId, reason: 'out-of-range' }],
    })
  })

  test('is refused when nobody is left to ask, for strangers, and a second time', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const medic = await registerAgency(api)
    const { agencyId } = medic.user
    const trip = await requestTrip(facility)
    const path = `/api/trips/${trip.id}/dispatch`
    const dispatch = { agencyIds: [agencyId], dispatchMode: 'HYBRID' }
    await facility
      .post(path)
      .send({ ...dispatch, agencyIds: [] })
      .expect(400)
    await facility
      .post(path)
      .send({ ...dispatch, agencyIds: ['nowhere'] })
      .expect(422)
    await medic.post(path).send(dispatch).expect(403)
    await (await registerFacility(api, 'Pier Clinic')).post(path).send(dispatch).expect(404)

    await db.query('UPDATE "ems_agencies" SET "acceptsNotifications" = false WHERE "id" = $1', [agencyId])
    const { body } = await facility.post(path).send(dispatch).expect(422)
    expect(body.meta).toEqual({ [agencyId]: 'not-available' })
    expect((await db.query('SELECT FROM "agency_responses"')).rows).toEqual([])

    await db.query('UPDATE "ems_agencies" SET "acceptsNotifications" = true WHERE "id" = $1', [agencyId])
    await facility.post(path).send(dispatch).expect(200)
    await (await logInAdmin(api)).post(path).send(dispatch).expect(409)
  })

  flow('again asks anew who was asked before', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const medic = await registerAgency(api)
    const trip = await dispatchTrip(facility, [medic])
    await medic.post(`/api/agency/transport-requests/${trip.id}/reject`).expect(200)
    await facility.put(`/api/trips/${trip.id}/status`).send({ status: 'PENDING_DISPATCH' }).expect(200)

    await facility
      .post(`/api/trips/${trip.id}/dispatch`)
      .send({ agencyIds: [medic.user.agencyId], dispatchMode: 'HYBRID' })
      .expect(200)

    const { rows } = await db.query('SELECT "response" FROM "agency_responses"')
    expect(rows).toEqual([{ response: 'PENDING' }])
  })
})
