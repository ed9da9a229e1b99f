import type { Client } from 'pg'
import { describe, expect, flow, test } from 'phaseproof/contract'
import { logIn, logInAdmin, registerFacility } from '../../flows/sessions.ts'

const models = '/api/tcc/pricing-models'
const centers = '/api/tcc/cost-centers'
const pairs = '/api/tcc/backhaul-opportunities'
const model = {
  name: 'Lantern tariff',
  baseRates: { BLS: 150, ALS: 250 },
  perMileRates: { BLS: 2.5, ALS: 3.75 },
  oxygenPricing: 25.5,
}

describe('pricing models', () => {
  flow('are stored with their rates, found, changed and taken out of use', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const agencyId = await fetchId(db, 'ems_agencies')
    const created = await admin
      .post(models)
      .send({ ...model, agencyId })
      .expect(201)
    const { id } = created.body.data
    expect(created.body.data).toMatchObject({
      ...model,
      agencyId,
      priorityMultipliers: {},
      isolationPricing: null,
      isActive: true,
    })

    const change = { baseRates: { BLS: 160 }, oxygenPricing: null }
    const changed = await admin.put(`${models}/${id}`).send(change).expect(200)
    expect(changed.body.data).toMatchObject({ ...model, ...change })
    const read = await admin.get(`${models}/${id}`).expect(200)
    const list = await admin.get(`${models}?agencyId=${agencyId}&isActive=true`).expect(200)
    expect(read.body.data).toEqual(changed.body.data)
    expect(list.body.data).toEqual([changed.body.data])

    await admin.delete(`${models}/${id}`).expect(200)
    expect((await admin.get(`${models}?isActive=true`).expect(200)).body.data).toEqual([])
    const { rows } = await db.query(
      'SELECT "baseRates", "oxygenPricing", "isActive" FROM "pricing_models" WHERE "id" = $1',
      [id],
    )
    expect(rows).toEqual([{ ...change, isActive: false }])
  })

  test('are the administrators’ to change, the center’s to read, and refused with wrong rates', async ({
    api,
  }) => {
    const admin = await logInAdmin(api)
    const staff = await logIn(api, 'user@tcc.example.invalid')
    const facility = await registerFacility(api)

    await api.get(models).expect(401)
    await facility.get(models).expect(403)
    await staff.get(models).expect(200)
    await staff.post(models).send(model).expect(403)
    await admin
      .post(models)
      .send({ ...model, agencyId: 'nothing' })
      .expect(422)
    const { body } = await admin
      .post(models)
      .send({ name: 'x', baseRates: { BLS: -1 } })
      .expect(400)
    expect(Object.keys(body.meta).sort()).toEqual(['/body/baseRates/BLS', '/body/perMileRates'])
    await admin.get(`${models}/nothing`).expect(404)
    await admin.put(`${models}/nothing`).send({ name: 'x' }).expect(404)
    const created = await admin.post(models).send(model).expect(201)
    await admin.put(`${models}/${created.body.data.id}`).send({ agencyId: 'nothing' }).expect(422)
    await admin.delete(`${models}/nothing`).expect(404)
  })
})

describe('cost centers', () => {
  flow('are opened under a code of their own, changed and closed', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const north = { name: 'North office', code: 'CC-NORTH', overheadRate: 12.5, fixedCosts: 1000.25 }
    const created = await admin.post(centers).send(north).expect(201)
    const { id } = created.body.data
    expect(created.body.data).toMatchObject({
      ...north,
      variableCosts: 0,
      allocationMethod: 'TRIP_COUNT',
      isActive: true,
    })
    await admin.post(centers).send(north).expect(409)
    const other = await admin
      .post(centers)
      .send({ ...north, code: 'CC-SOUTH' })
      .expect(201)
    await admin.put(`${centers}/${other.body.data.id}`).send({ code: 'CC-NORTH' }).expect(409)

    await admin.put(`${centers}/${id}`).send({ overheadRate: 15, allocationMethod: 'MILEAGE' }).expect(200)
    await admin.delete(`${centers}/${id}`).expect(200)

    const active = await admin.get(`${centers}?isActive=true`).expect(200)
    expect(active.body.data.map(({ code }: { code: string }) => code)).toEqual(['CC-SOUTH'])
    const { rows } = await db.query(
      'SELECT "overheadRate"::float, "allocationMethod", "isActive" FROM "cost_centers" WHERE "id" = $1',
      [id],
    )
    expect(rows).toEqual([{ overheadRate: 15, allocationMethod: 'MILEAGE', isActive: false }])
    expect((await admin.get(`${centers}/${id}`).expect(200)).body.data.isActive).toBe(false)
    await admin.get(`${centers}/nothing`).expect(404)
    await admin.put(`${centers}/nothing`).send({ name: 'x' }).expect(404)
    await admin.delete(`${centers}/nothing`).expect(404)
  })
})

describe('backhaul opportunities', () => {
  flow('pair two trips of the snapshot, are rated and deleted', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const { rows: trips } = await db.query('SELECT "id" FROM "trips" ORDER BY "id" LIMIT 2')
    const pair = { tripId1: trips[0].id, tripId2: trips[1].id }
    const created = await admin
      .post(pairs)
      .send({ ...pair, revenueBonus: 50.5 })
      .expect(201)
    const { id } = created.body.data
    expect(created.body.data).toMatchObject({ ...pair, revenueBonus: 50.5, efficiency: null, isActive: true })

    await admin.put(`${pairs}/${id}`).send({ efficiency: 82.25 }).expect(200)
    const list = await admin.get(`${pairs}?tripId=${pair.tripId2}`).expect(200)
    expect(list.body.data).toEqual([{ ...created.body.data, efficiency: 82.25 }])
    await admin.post(pairs).send({ tripId1: pair.tripId1, tripId2: pair.tripId1 }).expect(422)
    await admin
      .post(pairs)
      .send({ ...pair, tripId2: 'nothing' })
      .expect(422)

    await admin.delete(`${pairs}/${id}`).expect(200)
    await admin.get(`${pairs}/${id}`).expect(404)
    await admin.delete(`${pairs}/${id}`).expect(404)
    await admin.put(`${pairs}/${id}`).send({ efficiency: 1 }).expect(404)
  })
})

async function fetchId(db: Client, table: string): Promise<string> {
  const { rows } = await db.query(`SELECT min("id") AS "id" FROM "${table}"`)
  return rows[0].id
}
