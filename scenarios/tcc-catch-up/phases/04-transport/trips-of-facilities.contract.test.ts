import type { Client } from 'pg'
import { describe, expect, flow } from 'phaseproof/contract'
import { logInAdmin, registerFacility, type Session } from '../../flows/sessions.ts'

const locations = '/api/healthcare/locations'
const agencies = '/api/healthcare/agencies'

describe('a facility with trips', () => {
  flow('sees how many start at each location, and keeps a location that has some', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const used = await addLocation(facility, 'Pier Ward')
    const unused = await addLocation(facility, 'Hill Ward')
    await insertTrip(db, 'pending', 'PENDING', facility, used)
    await insertTrip(db, 'done', 'COMPLETED', facility, used)

    const { body } = await facility.get(`${locations}/statistics`).expect(200)

    const statisticsOf = (id: string) =>
      body.data.find((location: { id: string }) => location.id === id).statistics
    expect(statisticsOf(used)).toEqual({ totalTrips: 2, pendingTrips: 1, completedTrips: 1 })
    expect(statisticsOf(unused)).toEqual({ totalTrips: 0, pendingTrips: 0, completedTrips: 0 })
    await facility.delete(`${locations}/${used}`).expect(409)
    await facility.delete(`${locations}/${unused}`).expect(200)
  })

  flow(
    'is told which agencies a trip can be offered to, by preference and by distance',
    async ({ api, db }) => {
      const facility = await registerFacility(api)
      const stranger = await registerFacility(api, 'Other Clinic')
      await insertTrip(db, 'trip', 'PENDING', facility, await addLocation(facility, 'Pier Ward'))
      await addAgency(facility, 'Near Ambulance', 10.1, false)
      await addAgency(facility, 'Preferred Ambulance', 20, true)
      await addAgency(facility, 'Far Ambulance', 20, false)

      expect(await offered('PREFERRED')).toEqual(['Preferred Ambulance'])
      expect(await offered('GEOGRAPHIC')).toEqual(['Near Ambulance'])
      expect(await offered('HYBRID')).toEqual(['Near Ambulance', 'Preferred Ambulance'])
      const { body } = await facility.get(`${agencies}/trip-agencies?tripId=trip`).expect(200)
      expect(body.data).toMatchObject({ preferredCount: 1, geographicCount: 1, userAgenciesCount: 3 })
      await stranger.get(`${agencies}/trip-agencies?tripId=trip`).expect(404)

      async function offered(mode: string) {
        const query = { tripId: 'trip', mode, radius: 50 }
        const { body } = await facility.get(`${agencies}/trip-agencies`).query(query).expect(200)
        return body.data.agencies.map(({ name }: { name: string }) => name)
      }
    },
  )

  flow('shows in the figures of the control center', async ({ api, db }) => {
    const facility = await registerFacility(api)
    const admin = await logInAdmin(api)
    await insertTrip(db, 'done', 'COMPLETED', facility, await addLocation(facility, 'Pier Ward'))

    const { body } = await admin.get('/api/tcc/analytics/trips').expect(200)

    expect(body.data).toMatchObject({ totalTrips: 1, completedTrips: 1, tripsByLevel: { ALS: 1 } })
  })
})

async function addLocation(facility: Session, locationName: string): Promise<string> {
  const { body } = await facility
    .post(locations)
    .send({
      locationName,
      address: '1 Pier Way',
      city: 'Lantern Bay',
      state: 'ZZ',
      zipCode: '00001',
      facilityType: 'HOSPITAL',
      latitude: 10,
      longitude: 10,
    })
    .expect(201)
  return body.data.id
}

async function addAgency(facility: Session, name: string, latitude: number, isPreferred: boolean) {
  await facility
    .post(agencies)
    .send({
      name,
      contactName: 'Lea Lantern',
      phone: '555-0104',
      email: 'dispatch@lantern.example.invalid',
      address: '4 Lantern Lane',
      city: 'Lantern Bay',
      state: 'ZZ',
      zipCode: '00004',
      capabilities: ['ALS'],
      latitude,
      longitude: 10,
      isPreferred,
    })
    .expect(201)
}

async function insertTrip(db: Client, id: string, status: string, facility: Session, locationId: string) {
  await db.query(
    `INSERT INTO "transport_requests" ("id", "patientId", "transportLevel", "priority", "status",
       "fromLocationId", "healthcareCreatedById", "updatedAt")
     VALUES ($1, 'PT-1', 'ALS', 'HIGH', $2, $3, $4, now())`,
    [id, status, locationId, facility.user.id],
  )
}
