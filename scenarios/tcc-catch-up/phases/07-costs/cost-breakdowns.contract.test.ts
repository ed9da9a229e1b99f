import type { Client } from 'pg'
import { describe, expect, flow } from 'phaseproof/contract'
import { logInAdmin, type Session } from '../../flows/sessions.ts'

const path = '/api/tcc/analytics'

describe('cost breakdowns', () => {
  flow('are calculated from a trip of the snapshot, and stored to the cent', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const pricingModelId = await createModel(admin)
    const costCenterId = await createCostCenter(admin)
    const tripId = await fetchTripId(db)

    const { body } = await admin
      .post(`${path}/cost-breakdown`)
      .send({ tripId, pricingModelId, costCenterId, distanceMiles: 30, deadheadMiles: 10, durationHours: 2 })
      .expect(201)

    const expected = {
      tripId,
      costCenterId,
      costCenterName: 'North office',
      baseRevenue: 250,
      mileageRevenue: 120,
      priorityRevenue: 74,
      specialRequirementsRevenue: 26,
      insuranceAdjustment: 0,
      totalRevenue: 470,
      crewLaborCost: 112,
      overheadCost: 18.4,
      totalCost: 202.4,
      grossProfit: 267.6,
      profitMargin: 56.94,
      loadedMileRatio: 0.75,
      tripDistance: 40,
      tripDurationHours: 2,
      transportLevel: 'ALS',
      priorityLevel: 'HIGH',
    }
    expect(body.data).toMatchObject(expected)
    const read = await admin.get(`${path}/cost-breakdowns/${body.data.id}`).expect(200)
    expect(read.body.data).toEqual(body.data)
    const { rows } = await db.query(
      `SELECT "totalRevenue"::float, "totalCost"::float, "grossProfit"::float, "costCenterName"
         FROM "trip_cost_breakdowns" WHERE "tripId" = $1`,
      [tripId],
    )
    expect(rows).toEqual([
      { totalRevenue: 470, totalCost: 202.4, grossProfit: 267.6, costCenterName: 'North office' },
    ])
  })

  flow('take miles and hours from the trip, which must have them', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const pricingModelId = await createModel(admin)
    const tripId = await fetchTripId(db)
    const bare = await admin.post(`${path}/cost-breakdown`).send({ tripId, pricingModelId }).expect(422)
    expect(bare.body.error).toContain('distanceMiles')
    await db.query(
      `UPDATE "trips" SET "distanceMiles" = 31, "loadedMiles" = 30, "deadheadMiles" = 10,
         "actualTripTimeMinutes" = 90 WHERE "id" = $1`,
      [tripId],
    )

    const { body } = await admin.post(`${path}/cost-breakdown`).send({ tripId, pricingModelId }).expect(201)

    expect(body.data).toMatchObject({
      loadedMiles: 30,
      deadheadMiles: 10,
      tripDurationHours: 1.5,
      costCenterId: null,
      overheadCost: 0,
    })
  })

  flow('cost by the crew of the unit that took the trip', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const pricingModelId = await createModel(admin)
    const tripId = await fetchTripId(db)
    await db.query(`UPDATE "units" SET "crewSize" = 3 WHERE "id" = (SELECT min("id") FROM "units")`)
    await db.query(`UPDATE "trips" SET "assignedUnitId" = (SELECT min("id") FROM "units") WHERE "id" = $1`, [
      tripId,
    ])

    const { body } = await admin
      .post(`${path}/cost-breakdown`)
      .send({ tripId, pricingModelId, distanceMiles: 10, durationHours: 1 })
      .expect(201)

    expect(body.data.crewLaborCost).toBe(84)
  })

  flow('add up by cost center and by level', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const pricingModelId = await createModel(admin)
    const costCenterId = await createCostCenter(admin)
    const trip = { tripId: await fetchTripId(db), pricingModelId, durationHours: 1 }
    await calculate({ ...trip, costCenterId, distanceMiles: 10 })
    await calculate({ ...trip, costCenterId, distanceMiles: 30 })
    await calculate({ ...trip, distanceMiles: 20 })

    const list = await admin.get(`${path}/cost-breakdowns?costCenterId=${costCenterId}`).expect(200)
    const analysis = await admin.get(`${path}/cost-analysis`).expect(200)
    const profit = await admin.get(`${path}/profitability`).expect(200)

    expect(list.body.pagination.total).toBe(2)
    const { rows } = await db.query(
      `SELECT sum("totalRevenue")::float AS "totalRevenue", sum("totalCost")::float AS "totalCost"
         FROM "trip_cost_breakdowns"`,
    )
    expect(analysis.body.data).toMatchObject({ breakdowns: 3, totalMiles: 60, ...rows[0] })
    expect(analysis.body.data.byCostCenter).toMatchObject([
      { costCenterName: 'North office', breakdowns: 2, totalMiles: 40 },
      { costCenterName: null, breakdowns: 1, totalMiles: 20 },
    ])
    expect(profit.body.data.byTransportLevel).toMatchObject([{ transportLevel: 'ALS', breakdowns: 3 }])

    async function calculate(input: object) {
      await admin.post(`${path}/cost-breakdown`).send(input).expect(201)
    }
  })

  flow('are refused for what is not there, and deleted by administrators', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const pricingModelId = await createModel(admin)
    const tripId = await fetchTripId(db)
    const input = { tripId, pricingModelId, distanceMiles: 10, durationHours: 1 }
    const refused = [
      { ...input, tripId: 'nothing' },
      { ...input, pricingModelId: 'nothing' },
      { ...input, costCenterId: 'nothing' },
    ]
    for (const body of refused) await admin.post(`${path}/cost-breakdown`).send(body).expect(422)
    await admin
      .post(`${path}/cost-breakdown`)
      .send({ ...input, distanceMiles: -1 })
      .expect(400)
    await db.query(`UPDATE "trips" SET "transportLevel" = 'CCT' WHERE "id" = $1`, [tripId])
    const unpriced = await admin.post(`${path}/cost-breakdown`).send(input).expect(422)
    expect(unpriced.body.error).toContain('no rates')
    expect((await admin.get(`${path}/cost-breakdowns`).expect(200)).body.data).toEqual([])

    await db.query(`UPDATE "trips" SET "transportLevel" = 'BLS' WHERE "id" = $1`, [tripId])
    const { body } = await admin.post(`${path}/cost-breakdown`).send(input).expect(201)
    await admin.delete(`${path}/cost-breakdowns/${body.data.id}`).expect(200)
    await admin.get(`${path}/cost-breakdowns/${body.data.id}`).expect(404)
  })
})

async function createModel(admin: Session): Promise<string> {
  const { body } = await admin
    .post('/api/tcc/pricing-models')
    .send({
      name: 'Lantern tariff',
      baseRates: { BLS: 150, ALS: 250 },
      perMileRates: { BLS: 2.5, ALS: 4 },
      priorityMultipliers: { HIGH: 1.2 },
      oxygenPricing: 26,
    })
    .expect(201)
  return body.data.id
}

async function createCostCenter(admin: Session): Promise<string> {
  const { body } = await admin
    .post('/api/tcc/cost-centers')
    .send({ name: 'North office', code: 'CC-NORTH', overheadRate: 10 })
    .expect(201)
  return body.data.id
}

/** A trip of the snapshot with fixed level, priority and needs, so that its cost is known. */
async function fetchTripId(db: Client): Promise<string> {
  const { rows } = await db.query(
    `UPDATE "trips" SET "transportLevel" = 'ALS', "priority" = 'HIGH', "oxygenRequired" = true,
       "monitoringRequired" = false, "assignedUnitId" = NULL
     WHERE "id" = (SELECT min("id") FROM "trips") RETURNING "id"`,
  )
  return rows[0].id
}
