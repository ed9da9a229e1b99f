import type { Client } from 'pg'
import { describe, expect, flow } from 'phaseproof/contract'
import { logInAdmin, registerFacility, type Session } from '../../flows/sessions.ts'

describe('forms that use dropdowns', () => {
  flow(
    'a trip is requested with the choices that its form offers, from a pickup location',
    async ({ api, db }) => {
      const admin = await logInAdmin(api)
      await offer(admin, 'transport-level', 'ALS')
      await offer(admin, 'urgency', 'Urgent')
      await offer(admin, 'diagnosis', 'Cardiac')
      await offer(admin, 'mobility', 'Wheelchair')
      await offer(admin, 'special-needs', 'Interpreter')
      const facility = await registerFacility(api)
      const pickup = await facility
        .post('/api/tcc/pickup-locations')
        .send({ hospitalId: await addLocation(facility), name: 'North door' })
        .expect(201)

      const trip = {
        fromLocation: 'Harbor Clinic',
        toLocation: 'Beacon Rehabilitation',
        transportLevel: await firstChoice(facility, 'transport-level'),
        urgencyLevel: await firstChoice(facility, 'urgency'),
        diagnosis: await firstChoice(facility, 'diagnosis'),
        mobilityLevel: await firstChoice(facility, 'mobility'),
        specialNeeds: await firstChoice(facility, 'special-needs'),
        pickupLocationId: pickup.body.data.id,
      }
      const { body } = await facility.post('/api/trips/enhanced').send(trip).expect(201)

      expect(await fetchTrip(db, body.data.id)).toEqual({
        transportLevel: 'ALS',
        urgencyLevel: 'Urgent',
        diagnosis: 'Cardiac',
        mobilityLevel: 'Wheelchair',
        specialNeeds: 'Interpreter',
        pickupLocation: 'North door',
      })
      await admin.delete(`/api/tcc/pickup-locations/${trip.pickupLocationId}/hard`).expect(409)
    },
  )

  flow('a form begins with the default of its category', async ({ api }) => {
    const admin = await logInAdmin(api)
    await offer(admin, 'urgency', 'Emergent')
    const routine = await offer(admin, 'urgency', 'Routine')
    await admin.post('/api/dropdown-options/urgency/default').send({ optionId: routine }).expect(200)
    const facility = await registerFacility(api)

    const { body } = await facility.get('/api/dropdown-options/urgency/default').expect(200)

    expect(body.data.option.value).toBe('Routine')
  })
})

async function offer(admin: Session, category: string, value: string): Promise<string> {
  const { body } = await admin.post('/api/dropdown-options').send({ category, value }).expect(201)
  return body.data.id
}

async function firstChoice(session: Session, category: string): Promise<string> {
  const { body } = await session.get(`/api/dropdown-options/${category}`).expect(200)
  return body.data[0].value
}

async function addLocation(facility: Session): Promise<string> {
  const { body } = await facility
    .post('/api/healthcare/locations')
    .send({
      locationName: 'Pier Ward',
      address: '1 Pier Way',
      city: 'Lantern Bay',
      state: 'ZZ',
      zipCode: '00001',
      facilityType: 'HOSPITAL',
    })
    .expect(201)
  return body.data.id
}

async function fetchTrip(db: Client, id: string): Promise<unknown> {
  const { rows } = await db.query(
    `SELECT "transportLevel", "urgencyLevel", "diagnosis", "mobilityLevel", "specialNeeds",
            "pickup_locations"."name" AS "pickupLocation"
       FROM "transport_requests" JOIN "pickup_locations" ON "pickup_locations"."id" = "pickupLocationId"
      WHERE "transport_requests"."id" = $1`,
    [id],
  )
  return rows[0]
}
