import { describe, expect, onServer } from 'phaseproof/contract'
import { logInAdmin } from '../../flows/sessions.ts'

const deployed = onServer('deployed')
const house = {
  name: 'Quarry Care',
  type: 'CLINIC',
  address: '5 Quarry Road',
  city: 'Quarry',
  state: 'ZZ',
  zipCode: '00005',
  region: 'Lakes',
}

describe('the server that is deployed', () => {
  deployed.flow('facilities of the snapshot are listed', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const { rows } = await db.query('SELECT count(*)::int AS "total" FROM "facilities"')
    const list = await admin.get('/api/tcc/facilities?limit=1').expect(200)
    expect(list.body.pagination.total).toBe(rows[0].total)
    expect(list.body.data).toHaveLength(1)
  })

  deployed.flow('a facility is added, changed and closed', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const created = await admin.post('/api/tcc/facilities').send(house).expect(201)
    const { id } = created.body.data
    expect(created.body.data).toMatchObject(house)
    await admin.put(`/api/tcc/facilities/${id}`).send({ city: 'Lantern' }).expect(200)
    await admin.delete(`/api/tcc/facilities/${id}`).expect(200)
    const { rows } = await db.query('SELECT "city", "isActive" FROM "facilities" WHERE "id" = $1', [id])
    expect(rows).toEqual([{ city: 'Lantern', isActive: false }])
  })
})
