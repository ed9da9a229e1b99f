import { expect, flow } from 'phaseproof/contract'
import { logInAdmin } from '../../flows/sessions.ts'

flow('the figures of a hospital count the trips from its pickup locations', async ({ api, db }) => {
  const admin = await logInAdmin(api)
  const { rows } = await db.query('SELECT min("id") AS "id", count(*)::int AS "count" FROM "hospitals"')
  const pickup = await admin
    .post('/api/tcc/pickup-locations')
    .send({ hospitalId: rows[0].id, name: 'North door' })
    .expect(201)
  await db.query(
    `INSERT INTO "transport_requests" ("id", "patientId", "transportLevel", "priority", "status",
       "pickupLocationId", "updatedAt")
     VALUES ('done', 'PT-1', 'BLS', 'LOW', 'COMPLETED', $1, now()),
            ('open', 'PT-2', 'BLS', 'LOW', 'PENDING', $1, now())`,
    [pickup.body.data.id],
  )

  const { body } = await admin.get('/api/tcc/analytics/hospitals').expect(200)

  expect(body.data).toHaveLength(rows[0].count)
  expect(body.data.find(({ hospitalId }: { hospitalId: string }) => hospitalId === rows[0].id)).toMatchObject(
    {
      totalTrips: 2,
      completedTrips: 1,
      completionRate: 50,
      pickupLocations: 1,
    },
  )
})
