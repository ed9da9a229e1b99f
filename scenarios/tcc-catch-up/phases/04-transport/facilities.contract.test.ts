import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin, registerFacility } from '../../flows/sessions.ts'

const path = '/api/tcc/facilities'
const house = {
  name: 'Quarry Care Home',
  type: 'NURSING_HOME',
  address: '5 Quarry Road',
  city: 'Quarry',
  state: 'ZZ',
  zipCode: '00005',
  region: 'Lakes',
  latitude: 10.5,
  longitude: -20.25,
}

describe('facilities, where transports start and end', () => {
  flow('are those of the snapshot, with the columns that trips need of them', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const { rows } = await db.query('SELECT count(*)::int AS "total", min("id") AS "id" FROM "facilities"')

    const list = await admin.get(`${path}?limit=1`).expect(200)
    const one = await admin.get(`${path}/${rows[0].id}`).expect(200)

    expect(list.body.pagination.total).toBe(rows[0].total)
    expect(one.body.data).toMatchObject({ id: rows[0].id, capabilities: [], latitude: null })
  })

  flow('are added to their own list, changed and closed', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const created = await admin.post(path).send(house).expect(201)
    const { id } = created.body.data
    expect(created.body.data).toMatchObject({ ...house, capabilities: [], requiresReview: false })

    await admin
      .put(`${path}/${id}`)
      .send({ capabilities: ['DIALYSIS'], latitude: null })
      .expect(200)
    const found = await admin.get(path).query({ search: 'quarry care', city: 'Quarry' }).expect(200)
    expect(found.body.data).toEqual([
      expect.objectContaining({ id, capabilities: ['DIALYSIS'], latitude: null }),
    ])
    await admin.delete(`${path}/${id}`).expect(200)

    const { rows } = await db.query('SELECT "isActive" FROM "facilities" WHERE "id" = $1', [id])
    expect(rows).toEqual([{ isActive: false }])
  })

  test('are read by facilities, changed by the control center', async ({ api }) => {
    const facility = await registerFacility(api)
    const admin = await logInAdmin(api)

    await api.get(path).expect(401)
    await facility.get(path).expect(200)
    await facility.post(path).send(house).expect(403)
    await admin.get(`${path}/nothing`).expect(404)
    await admin.put(`${path}/nothing`).send({ name: 'x' }).expect(404)
    await admin.delete(`${path}/nothing`).expect(404)
  })
})
