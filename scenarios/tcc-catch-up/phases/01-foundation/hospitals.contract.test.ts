import type { Client } from 'pg'
import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin } from '../../flows/sessions.ts'

const path = '/api/tcc/hospitals'
const hospital = {
  name: 'Harbor General Hospital',
  address: '6 Harbor Road',
  city: 'Lantern Bay',
  state: 'ZZ',
  zipCode: '00006',
  type: 'HOSPITAL',
  region: 'Coast',
  capabilities: ['STROKE', 'ICU'],
}

describe('hospitals', () => {
  flow('of the snapshot are listed, searched and shown to the public', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const { total, active, name, id } = await fetchHospitals(db)

    const list = await admin.get(`${path}?limit=1`).expect(200)
    const found = await admin.get(`${path}/search`).query({ q: name, limit: 200 }).expect(200)
    const shown = await api.get('/api/public/hospitals').expect(200)

    expect(list.body.pagination).toEqual({ page: 1, limit: 1, total, totalPages: total })
    expect(found.body.data.map((hospital: { id: string }) => hospital.id)).toContain(id)
    expect(shown.body.data).toHaveLength(active)
  })

  flow('are added to be reviewed, changed, approved, rejected and closed', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const created = await admin
      .post(path)
      .send({ ...hospital, requiresReview: true, isActive: false })
      .expect(201)
    const its = `${path}/${created.body.data.id}`
    expect(created.body.data).toMatchObject({ ...hospital, requiresReview: true, approvedAt: null })

    await admin
      .put(its)
      .send({ capabilities: ['ICU'] })
      .expect(200)
    const approved = await admin.put(`${its}/approve`).expect(200)
    expect(approved.body.data).toMatchObject({
      capabilities: ['ICU'],
      isActive: true,
      requiresReview: false,
      approvedBy: admin.user.id,
    })
    const rejected = await admin.put(`${its}/reject`).expect(200)
    expect(rejected.body.data).toMatchObject({ isActive: false, approvedAt: null, approvedBy: null })
    await admin.delete(its).expect(200)
    const { rows } = await db.query('SELECT "isActive" FROM "hospitals" WHERE "id" = $1', [
      created.body.data.id,
    ])
    expect(rows).toEqual([{ isActive: false }])
  })

  test('are found by their address, or not at all', async ({ api, db }) => {
    const { rows } = await db.query(
      `UPDATE "hospitals" SET "latitude" = 1.5, "longitude" = 2.5, "address" = '7 Known Road', "isActive" = true
        WHERE "id" = (SELECT min("id") FROM "hospitals") RETURNING "city", "state"`,
    )
    const place = { ...rows[0], address: '7 known road' }

    const found = await api.post('/api/public/geocode').send(place).expect(200)
    await api
      .post('/api/public/geocode')
      .send({ ...place, address: '8 Unknown Road' })
      .expect(404)

    expect(found.body.data).toEqual({ latitude: 1.5, longitude: 2.5 })
  })

  test('are not there without a login, or under an unknown id', async ({ api }) => {
    const admin = await logInAdmin(api)
    await api.get(path).expect(401)
    await admin.get(`${path}/nothing`).expect(404)
    await admin.put(`${path}/nothing`).send({ name: 'x' }).expect(404)
    await admin.put(`${path}/nothing/approve`).expect(404)
    await admin.delete(`${path}/nothing`).expect(404)
  })
})

async function fetchHospitals(db: Client) {
  const { rows } = await db.query(
    `SELECT count(*)::int AS "total", (count(*) FILTER (WHERE "isActive"))::int AS "active",
            min("name") FILTER (WHERE "isActive") AS "name"
       FROM "hospitals"`,
  )
  const { name } = rows[0]
  const first = await db.query('SELECT "id" FROM "hospitals" WHERE "isActive" AND "name" = $1', [name])
  return { ...rows[0], id: first.rows[0].id }
}
