import type { Client } from 'pg'
import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin, registerAgency, registerFacility } from '../../flows/sessions.ts'

const path = '/api/optimize'

describe('settings of the route optimizer', () => {
  flow('begin with defaults, are changed, and go back to them', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const first = await admin.get(`${path}/settings`).expect(200)
    expect(first.body.data).toMatchObject({
      agencyId: null,
      deadheadMileWeight: 1,
      maxDeadheadMiles: 50,
      targetLoadedMileRatio: 0.75,
      optimizationAlgorithm: 'HYBRID',
    })
    expect((await admin.get(`${path}/settings`).expect(200)).body.data).toEqual(first.body.data)

    const change = { maxDeadheadMiles: 12.5, enableBackhaulOptimization: false }
    const changed = await admin.post(`${path}/settings`).send(change).expect(200)
    expect(changed.body.data).toMatchObject({ ...change, id: first.body.data.id, deadheadMileWeight: 1 })

    const reset = await admin.post(`${path}/settings/reset`).expect(200)
    expect(reset.body.data).toMatchObject({ maxDeadheadMiles: 50, enableBackhaulOptimization: true })
    const { rows } = await db.query(
      `SELECT "maxDeadheadMiles"::float, "isActive" FROM "route_optimization_settings" ORDER BY "isActive"`,
    )
    expect(rows).toEqual([
      { maxDeadheadMiles: 12.5, isActive: false },
      { maxDeadheadMiles: 50, isActive: true },
    ])
  })

  flow('are an agency’s own, made once however many ask at once', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const { agencyId } = await fetchUnit(db)

    const answers = await Promise.all(
      [1, 2, 3].map(() => admin.get(`${path}/settings?agencyId=${agencyId}`).expect(200)),
    )

    expect(new Set(answers.map(({ body }) => body.data.id)).size).toBe(1)
    expect(answers[0]?.body.data.agencyId).toBe(agencyId)
  })

  flow('are seen and changed by the agency itself, and by no other', async ({ api, db }) => {
    const agency = await registerAgency(api)
    const { agencyId } = agency.user
    const foreign = await fetchUnit(db)

    await agency.post(`${path}/settings`).send({ maxWaitTimeMinutes: 5 }).expect(200)
    const { body } = await agency.get(`${path}/settings`).expect(200)

    expect(body.data).toMatchObject({ agencyId, maxWaitTimeMinutes: 5 })
    await agency.get(`${path}/settings?agencyId=${foreign.agencyId}`).expect(403)
    await agency
      .post(`${path}/routes`)
      .send({ unitId: foreign.id, requestIds: ['any'] })
      .expect(403)
    const { rows } = await db.query('SELECT "agencyId" FROM "route_optimization_settings"')
    expect(rows).toEqual([{ agencyId }])
  })

  test('are refused beyond their bounds, for unknown agencies, and to facilities', async ({ api }) => {
    const admin = await logInAdmin(api)
    const facility = await registerFacility(api)

    await api.get(`${path}/settings`).expect(401)
    await facility.get(`${path}/settings`).expect(403)
    await admin.get(`${path}/settings?agencyId=nothing`).expect(404)
    await admin.post(`${path}/settings`).send({ agencyId: 'nothing', maxWaitTimeMinutes: 1 }).expect(404)
    await admin.post(`${path}/settings/reset`).send({ agencyId: 'nothing' }).expect(404)
    await admin.get(`${path}/performance?agencyId=nothing`).expect(404)
    const { body } = await admin
      .post(`${path}/settings`)
      .send({ targetEfficiency: 1.1, maxWaitTimeMinutes: 1.5, unknown: 1 })
      .expect(400)
    expect(Object.keys(body.meta).sort()).toEqual([
      '/body/maxWaitTimeMinutes',
      '/body/targetEfficiency',
      '/body/unknown',
    ])
  })
})

describe('route optimization', () => {
  flow('orders the requests of a unit, nearest first', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const unit = await fetchUnit(db)
    await insertRequest(db, 'far', 'HIGH', [12, 10], [12.5, 10])
    await insertRequest(db, 'near', 'HIGH', [10.1, 10], [10.2, 10])

    const { body } = await admin
      .post(`${path}/routes`)
      .send({ unitId: unit.id, requestIds: ['far', 'near'] })
      .expect(200)

    expect(body.data.unitId).toBe(unit.id)
    expect(body.data.optimizedRequests).toMatchObject([
      { requestId: 'near', order: 1, deadheadMiles: 6.9, loadedMiles: 6.9, revenue: 167.25 },
      { requestId: 'far', order: 2, deadheadMiles: 124.4, loadedMiles: 34.5, revenue: 236.25 },
    ])
    expect(body.data).toMatchObject({ totalRevenue: 403.5, totalDeadheadMiles: 131.3, backhaulPairs: [] })
  })

  flow('finds pairs that save an empty return', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    await insertRequest(db, 'there', 'LOW', [10, 10], [10.5, 10])
    await insertRequest(db, 'back', 'LOW', [10.6, 10], [10.1, 10])

    const { body } = await admin
      .post(`${path}/backhaul`)
      .send({ requestIds: ['there', 'back'] })
      .expect(200)

    expect(body.data).toMatchObject({
      totalPairs: 2,
      pairs: [
        { firstRequestId: 'there', secondRequestId: 'back', deadheadMiles: 6.9, revenueBonus: 50 },
        { firstRequestId: 'back', secondRequestId: 'there', deadheadMiles: 6.9, revenueBonus: 50 },
      ],
    })
  })

  flow('shows what other settings would change, and stores none of it', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const unit = await fetchUnit(db)
    await insertRequest(db, 'critical-far', 'CRITICAL', [10.4, 10], [10.5, 10])
    await insertRequest(db, 'low-near', 'LOW', [10.1, 10], [10.2, 10])
    const question = { unitId: unit.id, requestIds: ['critical-far', 'low-near'] }

    const { body } = await admin
      .post(`${path}/what-if`)
      .send({ ...question, settings: { patientPriorityWeight: 0 } })
      .expect(200)

    const orderOf = (plan: { optimizedRequests: { requestId: string }[] }) =>
      plan.optimizedRequests.map(({ requestId }) => requestId)
    expect(orderOf(body.data.now)).toEqual(['critical-far', 'low-near'])
    expect(orderOf(body.data.whatIf)).toEqual(['low-near', 'critical-far'])
    expect(body.data.difference.deadheadMiles).toBeLessThan(0)
    const { rows } = await db.query(
      'SELECT DISTINCT "patientPriorityWeight"::float FROM "route_optimization_settings"',
    )
    expect(rows).toEqual([{ patientPriorityWeight: 1 }])
  })

  test('is refused for what is not there, or not enough', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const unit = await fetchUnit(db)
    const routes = `${path}/routes`

    await admin
      .post(routes)
      .send({ unitId: unit.id, requestIds: ['nothing'] })
      .expect(422)
    await admin
      .post(routes)
      .send({ unitId: 'nothing', requestIds: ['nothing'] })
      .expect(422)
    await admin.post(routes).send({ unitId: unit.id, requestIds: [] }).expect(400)
    await admin
      .post(`${path}/what-if`)
      .send({ unitId: unit.id, requestIds: ['nothing'], settings: { waitTimeWeight: 2 } })
      .expect(422)
    await admin
      .post(`${path}/backhaul`)
      .send({ requestIds: ['nothing', 'nobody'] })
      .expect(422)
    await admin
      .post(`${path}/backhaul`)
      .send({ requestIds: ['nothing', 'nobody'], agencyId: 'nothing' })
      .expect(404)
    await admin
      .post(`${path}/backhaul`)
      .send({ requestIds: ['one'] })
      .expect(400)
  })
})

/** A unit whose agency is at 10, 10. */
async function fetchUnit(db: Client): Promise<{ readonly id: string; readonly agencyId: string }> {
  const { rows } = await db.query('SELECT "id", "agencyId" FROM "units" ORDER BY "id" LIMIT 1')
  await db.query('UPDATE "ems_agencies" SET "latitude" = 10, "longitude" = 10 WHERE "id" = $1', [
    rows[0].agencyId,
  ])
  return rows[0]
}

type Point = readonly [latitude: number, longitude: number]

async function insertRequest(db: Client, id: string, priority: string, from: Point, to: Point) {
  for (const [end, [latitude, longitude]] of Object.entries({ from, to })) {
    await db.query(
      `INSERT INTO "facilities" ("id", "name", "address", "city", "state", "zipCode", "type", "region",
         "latitude", "longitude", "updatedAt")
       VALUES ($1, $1, '5 Quarry Road', 'Quarry', 'ZZ', '00005', 'HOSPITAL', 'Lakes', $2, $3, now())`,
      [`${id}-${end}`, latitude, longitude],
    )
  }
  await db.query(
    `INSERT INTO "transport_requests" ("id", "patientId", "transportLevel", "priority",
       "originFacilityId", "destinationFacilityId", "updatedAt")
     VALUES ($1, 'PT-1', 'BLS', $2, $3, $4, now())`,
    [id, priority, `${id}-from`, `${id}-to`],
  )
}
