import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin, registerFacility } from '../../flows/sessions.ts'

const path = '/api/healthcare/destinations'
const rehab = {
  name: 'Beacon Rehabilitation',
  type: 'REHAB_FACILITY',
  address: '3 Beacon Road',
  city: 'Beacon',
  state: 'ZZ',
  zipCode: '00003',
  contactName: 'Rae Reception',
  email: 'desk@beacon.example.invalid',
  notes: 'Ring twice.\nThe ramp is behind the house.',
}
const dialysis = { ...rehab, name: 'Quarry Dialysis', type: 'DIALYSIS', notes: null }

describe('destinations of a facility', () => {
  flow('are added, found, changed and taken out of use', async ({ api, db }) => {
    const facility = await registerFacility(api)

    const created = await facility.post(path).send(rehab).expect(201)
    const { id } = created.body.data
    expect(created.body.data).toMatchObject({ ...rehab, phone: null, isActive: true })

    const change = { phone: '555-0103', notes: null }
    const changed = await facility.put(`${path}/${id}`).send(change).expect(200)
    expect(changed.body.data).toMatchObject({ ...rehab, ...change })
    const read = await facility.get(`${path}/${id}`).expect(200)
    expect(read.body.data).toEqual(changed.body.data)

    await facility.delete(`${path}/${id}`).expect(200)
    const { rows } = await db.query(
      `SELECT "name", "phone", "notes", "isActive", "healthcareUserId"
         FROM "healthcare_destinations" WHERE "id" = $1`,
      [id],
    )
    expect(rows).toEqual([
      { name: rehab.name, ...change, isActive: false, healthcareUserId: facility.user.id },
    ])
  })

  flow('are listed by pages, by type and by a part of the name, inactive ones on demand', async ({ api }) => {
    const facility = await registerFacility(api)
    await facility.post(path).send(rehab).expect(201)
    await facility.post(path).send(dialysis).expect(201)
    const closed = await facility
      .post(path)
      .send({ ...rehab, name: 'Closed House' })
      .expect(201)
    await facility.delete(`${path}/${closed.body.data.id}`).expect(200)

    expect(await list('')).toEqual(['Beacon Rehabilitation', 'Quarry Dialysis'])
    expect(await list('?limit=1&page=2')).toEqual(['Quarry Dialysis'])
    expect(await list('?type=DIALYSIS')).toEqual(['Quarry Dialysis'])
    expect(await list('?search=BEACON')).toEqual(['Beacon Rehabilitation'])
    expect(await list('?includeInactive=true')).toContain('Closed House')
    const { body } = await facility.get(`${path}?limit=1`).expect(200)
    expect(body.pagination).toEqual({ page: 1, limit: 1, total: 2, totalPages: 2 })

    async function list(query: string): Promise<readonly string[]> {
      const { body } = await facility.get(`${path}${query}`).expect(200)
      return body.data.map(({ name }: { name: string }) => name)
    }
  })

  flow('are nobody else’s to see, change or take out of use', async ({ api }) => {
    const facility = await registerFacility(api)
    const stranger = await registerFacility(api, 'Other Clinic')
    const { body } = await facility.post(path).send(rehab).expect(201)
    const its = `${path}/${body.data.id}`

    await stranger.get(its).expect(404)
    await stranger.put(its).send({ city: 'Elsewhere' }).expect(404)
    await stranger.delete(its).expect(404)
    expect((await stranger.get(path).expect(200)).body.data).toEqual([])
    expect((await facility.get(its).expect(200)).body.data).toEqual(body.data)
  })

  test('are refused to nobody, to the control center, and with a wrong description', async ({ api }) => {
    const facility = await registerFacility(api)
    const admin = await logInAdmin(api)

    await api.get(path).expect(401)
    await admin.get(path).expect(403)
    const wrong = await facility
      .post(path)
      .send({ ...rehab, email: 'nowhere', name: 'with a \0' })
      .expect(400)
    const page = await facility.get(`${path}?page=0&limit=1000`).expect(400)
    const empty = await facility.put(`${path}/nothing`).send({}).expect(400)

    expect(Object.keys(wrong.body.meta).sort()).toEqual(['/body/email', '/body/name'])
    expect(Object.keys(page.body.meta).sort()).toEqual(['/query/limit', '/query/page'])
    expect(Object.keys(empty.body.meta)).toEqual(['/body'])
  })
})
