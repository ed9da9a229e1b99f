import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin, registerAgency, registerFacility } from '../../flows/sessions.ts'
import { acceptTrip, dispatchTrip, transport } from '../../flows/trips.ts'

const responses = '/api/agency-responses'

describe('EMS acceptance', () => {
  flow('by two agencies lets the facility select one, which gets the trip', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const [first, second] = [await registerAgency(api), await registerAgency(api, 'Beacon Ambulance')]
    const trip = await dispatchTrip(facility, [first, second])
    await insertUnit(db, first.user.agencyId)
    const estimatedArrival = '2026-01-07T10:00:00.000Z'

    const { body } = await first
      .post(responses)
      .send({
        tripId: trip.id,
        response: 'ACCEPTED',
        responseNotes: 'On the way.',
        estimatedArrival,
        assignedUnitId: 'unit-of-the-test',
      })
      .expect(201)
    expect(body.data).toMatchObject({
      response: 'ACCEPTED',
      estimatedArrival,
      isSelected: false,
      agency: { name: 'Lantern Ambulance' },
      assignedUnit: { unitNumber: 'L-1' },
      trip: { id: trip.id, status: 'PENDING' },
    })
    await second.post(`/api/agency/transport-requests/${trip.id}/accept`).expect(200)

    const { body: summary } = await facility.get(`/api/trips/${trip.id}/response-summary`).expect(200)
    expect(summary.data).toMatchObject({ totalResponses: 2, acceptedResponses: 2, selectedAgencyId: null })
    await facility.post(`${responses}/${body.data.id}/select`).send({ decisionNotes: 'Nearest.' }).expect(200)

    const { rows } = await db.query(
      `SELECT t."status", t."assignedAgencyId", t."assignedUnitId", t."acceptedTimestamp" IS NOT NULL AS "isDated",
              (SELECT array_agg(r."agencyId") FROM "agency_responses" r WHERE r."tripId" = t."id" AND r."isSelected") AS "selected"
         FROM "transport_requests" t WHERE t."id" = $1`,
      [trip.id],
    )
    expect(rows).toEqual([
      {
        status: 'ACCEPTED',
        assignedAgencyId: first.user.agencyId,
        assignedUnitId: 'unit-of-the-test',
        isDated: true,
        selected: [first.user.agencyId],
      },
    ])
    const { body: mine } = await first.get('/api/trips').expect(200)
    expect(mine.data).toMatchObject([{ id: trip.id, assignedUnit: { unitNumber: 'L-1' } }])
  })

  flow('is listed with agency and trip, to agencies their own only', async ({ api }) => {
    const facility = await registerFacility(api)
    const [first, second] = [await registerAgency(api), await registerAgency(api, 'Beacon Ambulance')]
    const trip = await dispatchTrip(facility, [first, second])
    const { body } = await first.post(responses).send({ tripId: trip.id, response: 'DECLINED' }).expect(201)

    const all = await facility.get(`${responses}/trip/${trip.id}`).expect(200)
    expect(all.body.data.map((row: { response: string }) => row.response).toSorted()).toEqual([
      'DECLINED',
      'PENDING',
    ])
    const own = await first.get(`${responses}?response=DECLINED&isSelected=false`).expect(200)
    expect(own.body.data).toEqual([body.data])
    const others = await second.get(responses).expect(200)
    expect(others.body.data).toMatchObject([{ agencyId: second.user.agencyId, response: 'PENDING' }])
    await second.get(`${responses}/${body.data.id}`).expect(404)
    const summary = await (await logInAdmin(api)).get(`${responses}/summary/${trip.id}`).expect(200)
    expect(summary.body.data).toMatchObject({ declinedResponses: 1, pendingResponses: 1 })
  })

  flow('can be changed as long as it is not selected', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const medic = await registerAgency(api)
    const trip = await dispatchTrip(facility, [medic])
    const { body } = await medic.post(responses).send({ tripId: trip.id, response: 'DECLINED' }).expect(201)
    const path = `${responses}/${body.data.id}`
    await facility.post(`${path}/select`).expect(409)

    await medic.put(path).send({ response: 'ACCEPTED', responseNotes: 'After all.' }).expect(200)
    await facility.post(`${path}/select`).expect(200)

    await medic.put(path).send({ response: 'DECLINED' }).expect(409)
    await facility.post(`${path}/select`).expect(409)
    const { rows } = await db.query(
      'SELECT "response", "responseNotes", "isSelected" FROM "agency_responses"',
    )
    expect(rows).toEqual([{ response: 'ACCEPTED', responseNotes: 'After all.', isSelected: true }])
  })

  test('can not be given any more when another was selected', async ({ api }) => {
    const facility = await registerFacility(api)
    const [first, second] = [await registerAgency(api), await registerAgency(api, 'Beacon Ambulance')]
    const trip = await dispatchTrip(facility, [first, second])
    const { body } = await second.post(responses).send({ tripId: trip.id, response: 'DECLINED' }).expect(201)
    await first.put(`/api/trips/${trip.id}/status`).send({ status: 'ACCEPTED' }).expect(200)

    await second.put(`${responses}/${body.data.id}`).send({ response: 'ACCEPTED' }).expect(409)
  })

  test('is refused for whom nobody asked, for others, and a second time', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const [medic, stranger] = [await registerAgency(api), await registerAgency(api, 'Beacon Ambulance')]
    const trip = await dispatchTrip(facility, [medic])
    const answer = { tripId: trip.id, response: 'ACCEPTED' }
    await api.post(responses).send(answer).expect(401)
    await facility.post(responses).send(answer).expect(403)
    await stranger.post(responses).send(answer).expect(422)
    await medic
      .post(responses)
      .send({ ...answer, agencyId: stranger.user.agencyId })
      .expect(403)
    await medic
      .post(responses)
      .send({ ...answer, tripId: 'nowhere' })
      .expect(422)
    await medic
      .post(responses)
      .send({ ...answer, response: 'MAYBE' })
      .expect(400)
    await medic
      .post(responses)
      .send({ ...answer, assignedUnitId: 'nowhere' })
      .expect(422)
    expect((await db.query(`SELECT FROM "agency_responses" WHERE "response" <> 'PENDING'`)).rows).toEqual([])

    const { body } = await medic.post(responses).send(answer).expect(201)
    await medic.post(responses).send(answer).expect(409)
    await stranger.put(`${responses}/${body.data.id}`).send({ response: 'DECLINED' }).expect(404)
    await medic.post(`${responses}/${body.data.id}/select`).expect(403)
  })

  test('ends with the deadline and with enough answers', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const [first, second] = [await registerAgency(api), await registerAgency(api, 'Beacon Ambulance')]
    const { body } = await facility
      .post('/api/trips/with-responses')
      .send({ ...transport, selectionMode: 'BROADCAST', maxResponses: 1 })
      .expect(201)
    const answer = { tripId: body.data.id, response: 'ACCEPTED' }
    await first.post(responses).send(answer).expect(201)
    await second.post(responses).send(answer).expect(409)
    const { rows } = await db.query('SELECT "responseStatus" FROM "trips" WHERE "id" = $1', [body.data.id])
    expect(rows).toEqual([{ responseStatus: 'RESPONSES_RECEIVED' }])
    await db.query(
      `UPDATE "trips" SET "responseDeadline" = '2026-01-01', "maxResponses" = 9 WHERE "id" = $1`,
      [body.data.id],
    )
    await second.post(responses).send(answer).expect(409)
  })
})

describe('an accepted trip', () => {
  flow('is driven and completed on both sides, each with its own time', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const medic = await registerAgency(api)
    const { id } = await acceptTrip(facility, medic)
    const path = `/api/trips/${id}`

    await medic.put(`${path}/status`).send({ status: 'IN_PROGRESS' }).expect(200)
    const times = { emsArrivalTime: '2026-01-07T10:00:00.000Z', emsDepartureTime: '2026-01-07T10:20:00.000Z' }
    await medic.put(`${path}/times`).send(times).expect(200)
    const handedOver = await facility.put(`${path}/status`).send({ status: 'COMPLETED' }).expect(200)
    expect(handedOver.body.data).toMatchObject({
      status: 'HEALTHCARE_COMPLETED',
      emsCompletionTimestamp: null,
    })
    const { body } = await medic.put(`${path}/status`).send({ status: 'COMPLETED' }).expect(200)

    expect(body.data).toMatchObject({
      status: 'COMPLETED',
      arrivalTimestamp: times.emsArrivalTime,
      departureTimestamp: times.emsDepartureTime,
    })
    const { rows } = await db.query(
      `SELECT "pickupTimestamp" <= "healthcareCompletionTimestamp"
              AND "healthcareCompletionTimestamp" <= "emsCompletionTimestamp"
              AND "emsCompletionTimestamp" = "completionTimestamp" AS "isInOrder"
         FROM "transport_requests" WHERE "id" = $1`,
      [id],
    )
    expect(rows).toEqual([{ isInOrder: true }])
    const { body: history } = await facility.get('/api/trips/history').expect(200)
    expect(history.data).toEqual([body.data])
  })

  flow('is completed by the facility also after the agency', async ({ api }) => {
    const facility = await registerFacility(api)
    const medic = await registerAgency(api)
    const { id } = await acceptTrip(facility, medic)
    await medic.put(`/api/trips/${id}/status`).send({ status: 'COMPLETED' }).expect(200)

    const { body } = await facility.put(`/api/trips/${id}/status`).send({ status: 'COMPLETED' }).expect(200)

    expect(body.data.status).toBe('COMPLETED')
    expect(body.data.healthcareCompletionTimestamp).not.toBeNull()
  })

  test('takes no status that can not follow or is not for the user to say', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const [medic, stranger] = [await registerAgency(api), await registerAgency(api, 'Beacon Ambulance')]
    const { id } = await acceptTrip(facility, medic)
    const path = `/api/trips/${id}/status`
    await stranger.put(path).send({ status: 'COMPLETED' }).expect(404)
    await facility.put(path).send({ status: 'IN_PROGRESS' }).expect(403)
    const { agencyId } = stranger.user
    await facility.put(path).send({ status: 'COMPLETED', assignedAgencyId: agencyId }).expect(403)
    await medic.put(path).send({ status: 'IN_PROGRESS', assignedAgencyId: agencyId }).expect(403)
    await medic.put(path).send({ status: 'CANCELLED' }).expect(403)
    await medic.put(path).send({ status: 'LOST' }).expect(400)
    await medic.put(path).send({ status: 'IN_PROGRESS', assignedUnitId: 'nowhere' }).expect(422)
    await facility.put(path).send({ status: 'PENDING_DISPATCH' }).expect(409)
    await facility.put(path).send({ status: 'CANCELLED' }).expect(200)
    await medic.put(path).send({ status: 'IN_PROGRESS' }).expect(409)
    const { rows } = await db.query('SELECT "status" FROM "transport_requests" WHERE "id" = $1', [id])
    expect(rows).toEqual([{ status: 'CANCELLED' }])
  })

  test('can be taken by one of two agencies that want it at once', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const agencies = [await registerAgency(api), await registerAgency(api, 'Beacon Ambulance')]
    const { id } = await dispatchTrip(facility, agencies)

    const answers = await Promise.all(
      agencies.map((agency) => agency.put(`/api/trips/${id}/status`).send({ status: 'ACCEPTED' })),
    )

    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toEqual([200])
    const { rows } = await db.query('SELECT "assignedAgencyId" FROM "transport_requests" WHERE "id" = $1', [
      id,
    ])
    const winner = agencies[answers.findIndex(({ status }) => status === 200)]
    expect(rows).toEqual([{ assignedAgencyId: winner?.user.agencyId }])
  })
})

function insertUnit(db: { query(sql: string, values: unknown[]): Promise<unknown> }, agencyId: string) {
  return db.query(
    `INSERT INTO "units" ("id", "agencyId", "unitNumber", "type", "updatedAt")
     VALUES ('unit-of-the-test', $1, 'L-1', 'AMBULANCE', now())`,
    [agencyId],
  )
}
