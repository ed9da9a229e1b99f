import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin, registerAgency } from '../../flows/sessions.ts'

const path = '/api/tcc/agencies'
const agency = {
  name: 'Beacon Ambulance',
  contactName: 'Lee Lead',
  phone: '555-0100',
  email: 'desk@beacon.example.invalid',
  address: '1 Wick Way',
  city: 'Glow',
  state: 'ZZ',
  zipCode: '00000',
  capabilities: ['BLS'],
}

describe('the list of agencies', () => {
  flow('is public and holds every agency of production, with what it can send', async ({ api, db }) => {
    const { rows } = await db.query(
      `SELECT "id", "name", "phone", coalesce("capabilities", '{}') AS "capabilities" FROM "ems_agencies"`,
    )
    expect(rows.length).toBeGreaterThan(0)
    const found: { id: string }[] = []
    for (let page = 1; found.length < rows.length; page += 1) {
      const { body } = await api.get(`${path}?page=${page}&limit=200`).expect(200)
      expect(body.pagination).toMatchObject({ total: rows.length, page })
      expect(body.data).not.toEqual([])
      found.push(...body.data)
    }
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
    expect(found.toSorted(byId)).toMatchObject(rows.toSorted(byId))
  })

  flow('is narrowed by place, name and status, and searched', async ({ api, db }) => {
    const { rows } = await db.query('SELECT "name", "city" FROM "ems_agencies" ORDER BY "id" LIMIT 1')
    const [{ name, city }] = rows
    const ofCity = await api.get(path).query({ city, limit: 200 }).expect(200)
    expect(new Set(ofCity.body.data.map((row: { city: string }) => row.city))).toEqual(new Set([city]))

    const named = await api.get(path).query({ name: name.toLowerCase() }).expect(200)
    expect(named.body.data.map((row: { name: string }) => row.name)).toContain(name)
    const searched = await api.get(`${path}/search`).query({ q: name.toUpperCase() }).expect(200)
    expect(searched.body.data.map((row: { name: string }) => row.name)).toContain(name)
    const none = await api.get(path).query({ status: 'NOWHERE' }).expect(200)
    expect(none.body.data).toEqual([])
  })

  flow('is kept by the center', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const { body } = await admin.post(path).send(agency).expect(201)
    expect(body.data).toMatchObject({ ...agency, isActive: true, status: 'ACTIVE' })
    const { id } = body.data

    const changed = await admin.put(`${path}/${id}`).send({ phone: '555-0101' }).expect(200)
    expect(changed.body.data.phone).toBe('555-0101')
    await admin.delete(`${path}/${id}`).expect(200)

    const read = await api.get(`${path}/${id}`).expect(200)
    expect(read.body.data).toMatchObject({ isActive: false, status: 'INACTIVE', phone: '555-0101' })
    const { rows } = await db.query('SELECT "addedBy" FROM "ems_agencies" WHERE "id" = $1', [id])
    expect(rows).toEqual([{ addedBy: admin.user.id }])
  })

  test('is changed by nobody else, and holds no name twice', async ({ api }) => {
    await api.post(path).send(agency).expect(401)
    const medic = await registerAgency(api)
    await medic.post(path).send(agency).expect(403)
    await medic.put(`${path}/${medic.user.agencyId}`).send({ phone: '555-0101' }).expect(403)
    const admin = await logInAdmin(api)
    await admin
      .post(path)
      .send({ ...agency, name: 'lantern ambulance' })
      .expect(409)
    await admin.put(`${path}/nowhere`).send({ phone: '555-0101' }).expect(404)
    await admin.post(path).send({ name: agency.name }).expect(400)
    await api.get(`${path}/nowhere`).expect(404)
    await api.get(`${path}?limit=0`).expect(400)
  })
})
