import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin, registerFacility } from '../../flows/sessions.ts'

const options = '/api/dropdown-options'
const categories = '/api/dropdown-categories'
const slugs = ['transport-level', 'urgency', 'diagnosis', 'mobility', 'insurance', 'special-needs']

describe('dropdown options', () => {
  flow('are offered in the six categories that the phase delivers', async ({ api }) => {
    const admin = await logInAdmin(api)

    const list = await admin.get(options).expect(200)
    const named = await admin.get(categories).expect(200)

    expect(list.body.data).toEqual(slugs)
    expect(named.body.data).toEqual(
      slugs.map((slug, index) =>
        expect.objectContaining({ slug, displayOrder: index + 1, isActive: true, optionCount: 0 }),
      ),
    )
    expect(named.body.data.at(-1).displayName).toBe('Special Needs')
  })

  flow('are added to a category, changed, and taken out of use', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const created = await admin.post(options).send({ category: 'diagnosis', value: 'Stroke' }).expect(201)
    const { id } = created.body.data
    expect(created.body.data).toMatchObject({
      category: 'diagnosis',
      categoryId: 'dropdown-category-diagnosis',
      value: 'Stroke',
      isActive: true,
    })
    const again = await admin.post(options).send({ category: 'diagnosis', value: 'Stroke' }).expect(409)
    expect(again.body.code).toBe('already-exists')

    await admin.put(`${options}/${id}`).send({ value: 'Stroke, acute' }).expect(200)
    const offered = await admin.get(`${options}/diagnosis`).expect(200)
    expect(offered.body.data).toEqual([expect.objectContaining({ id, value: 'Stroke, acute' })])

    await admin.delete(`${options}/${id}`).expect(200)
    expect((await admin.get(`${options}/diagnosis`).expect(200)).body.data).toEqual([])
    const kept = await admin.get(`${options}/diagnosis?includeInactive=true`).expect(200)
    expect(kept.body.data).toEqual([expect.objectContaining({ id, isActive: false })])
    const { rows } = await db.query('SELECT "value", "isActive" FROM "dropdown_options" WHERE "id" = $1', [
      id,
    ])
    expect(rows).toEqual([{ value: 'Stroke, acute', isActive: false }])
  })

  flow('start with a default, until it is taken out of use', async ({ api }) => {
    const admin = await logInAdmin(api)
    const path = `${options}/urgency/default`
    expect((await admin.get(path).expect(200)).body.data).toBeNull()
    const routine = await add('Routine')
    const urgent = await add('Urgent')

    await admin.post(path).send({ optionId: routine }).expect(200)
    await admin.post(path).send({ optionId: urgent }).expect(200)
    expect((await admin.get(path).expect(200)).body.data).toMatchObject({
      category: 'urgency',
      optionId: urgent,
      option: { value: 'Urgent' },
    })
    await admin.post(`${options}/mobility/default`).send({ optionId: urgent }).expect(422)

    await admin.delete(`${options}/${urgent}`).expect(200)
    expect((await admin.get(path).expect(200)).body.data).toBeNull()

    async function add(value: string): Promise<string> {
      const { body } = await admin.post(options).send({ category: 'urgency', value }).expect(201)
      return body.data.id
    }
  })

  flow('are public by the names of their categories', async ({ api }) => {
    const admin = await logInAdmin(api)
    expect((await api.get('/api/public/categories').expect(200)).body.data).toEqual([])

    await admin.post(options).send({ category: 'insurance', value: 'Lantern Mutual' }).expect(201)

    expect((await api.get('/api/public/categories').expect(200)).body.data).toEqual(['insurance'])
  })

  test('are changed by the control center only, and refused where they do not belong', async ({ api }) => {
    const admin = await logInAdmin(api)
    const facility = await registerFacility(api)
    const stroke = { category: 'diagnosis', value: 'Stroke' }

    await api.get(options).expect(401)
    await facility.get(options).expect(200)
    await facility.post(options).send(stroke).expect(403)
    await admin.get(`${options}/nothing`).expect(404)
    await admin
      .post(options)
      .send({ ...stroke, category: 'nothing' })
      .expect(422)
    await admin
      .post(options)
      .send({ ...stroke, value: '' })
      .expect(400)
    await admin.put(`${options}/nothing`).send({ value: 'x' }).expect(404)
    await admin.delete(`${options}/nothing`).expect(404)
    await admin.get(`${options}/nothing/default`).expect(404)
    await admin.post(`${options}/nothing/default`).send({ optionId: 'x' }).expect(404)
    await admin.put(`${categories}/nothing`).send({ displayName: 'x' }).expect(404)
    await admin.delete(`${categories}/nothing`).expect(404)
  })

  test('keep their values apart within a category, not between categories', async ({ api }) => {
    const admin = await logInAdmin(api)
    await admin.post(options).send({ category: 'mobility', value: 'Stretcher' }).expect(201)
    const other = await admin.post(options).send({ category: 'mobility', value: 'Wheelchair' }).expect(201)

    await admin.put(`${options}/${other.body.data.id}`).send({ value: 'Stretcher' }).expect(409)
    await admin.post(options).send({ category: 'special-needs', value: 'Stretcher' }).expect(201)
  })
})

describe('dropdown categories', () => {
  flow('are added, renamed, and deleted when no active option needs them', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const created = await admin
      .post(categories)
      .send({ slug: 'isolation', displayName: 'Isolation', displayOrder: 7 })
      .expect(201)
    const { id } = created.body.data
    await admin.post(categories).send({ slug: 'isolation', displayName: 'Again' }).expect(409)
    await admin.put(`${categories}/${id}`).send({ displayName: 'Isolation needs' }).expect(200)

    const option = await admin.post(options).send({ category: 'isolation', value: 'Droplet' }).expect(201)
    await admin.delete(`${categories}/${id}`).expect(409)
    await admin.put(`${categories}/${id}`).send({ isActive: false }).expect(409)
    await admin.delete(`${options}/${option.body.data.id}`).expect(200)
    await admin.delete(`${categories}/${id}`).expect(200)

    const { rows } = await db.query('SELECT FROM "dropdown_categories" WHERE "slug" = $1', ['isolation'])
    expect(rows).toEqual([])
  })
})
