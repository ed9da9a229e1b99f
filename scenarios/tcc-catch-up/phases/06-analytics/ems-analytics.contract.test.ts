import type { Client } from 'pg'
import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin, registerAgency, registerFacility, type Session } from '../../flows/sessions.ts'
import { acceptTrip } from '../../flows/trips.ts'

const path = '/api/ems/analytics'

type Agency = Awaited<ReturnType<typeof registerAgency>>

describe("figures of an agency's trips", () => {
  flow.keepsWorking(
    'come from the records of production and from new requests alike',
    async ({ api, db }) => {
      const medic = await registerAgency(api)
      const facility = await registerFacility(api)
      await giveRecordedTrips(db, medic)
      const { id } = await acceptTrip(facility, medic)
      await medic.put(`/api/trips/${id}/status`).send({ status: 'COMPLETED' }).expect(200)
      const { rows } = await db.query(
        `SELECT count(*)::int AS "total",
              count(*) FILTER (WHERE "status" IN ('COMPLETED', 'HEALTHCARE_COMPLETED'))::int AS "completed",
              count(*) FILTER (WHERE "transportLevel" = 'ALS')::int AS "als"
         FROM "trips" WHERE "assignedAgencyId" = $1`,
        [medic.user.agencyId],
      )
      expect(rows[0].total).toBeGreaterThan(0)

      const overview = await medic.get(`${path}/overview`).expect(200)
      expect(overview.body.data).toMatchObject({
        agencyName: 'Lantern Ambulance',
        totalTrips: rows[0].total + 1,
        completedTrips: rows[0].completed + 1,
      })
      const trips = await medic.get(`${path}/trips`).expect(200)
      expect(trips.body.data.tripsByLevel.ALS).toBe(rows[0].als + 1)
      const performance = await medic.get(`${path}/performance`).expect(200)
      expect(performance.body.data).toMatchObject({
        totalTrips: rows[0].total + 1,
        acceptedResponses: 1,
        acceptanceRate: 100,
      })
    },
  )
})

describe("figures of an agency's units", () => {
  flow('count the units, and the trips that they completed', async ({ api, db }) => {
    const medic = await registerAgency(api)
    const facility = await registerFacility(api)
    await giveUnits(db, medic)
    await completeTrip(facility, medic, 'unit-1')
    await completeTrip(facility, medic, 'unit-1')
    await completeTrip(facility, medic, 'unit-2')

    const { body } = await medic.get(`${path}/units`).expect(200)

    expect(body.data).toMatchObject({
      totalUnits: 3,
      activeUnits: 2,
      availableUnits: 1,
      unitsByStatus: { AVAILABLE: 1, IN_USE: 1 },
      topPerformingUnits: [
        { id: 'unit-1', unitNumber: 'L-1', totalTripsCompleted: 2 },
        { id: 'unit-2', unitNumber: 'L-2', totalTripsCompleted: 1 },
      ],
    })
    const { rows } = await db.query(
      'SELECT "unitId", "totalTrips" FROM "unit_analytics" WHERE "unitId" LIKE $1 ORDER BY "unitId"',
      ['unit-%'],
    )
    expect(rows).toEqual([
      { unitId: 'unit-1', totalTrips: 2 },
      { unitId: 'unit-2', totalTrips: 1 },
    ])
  })

  test('are nothing to users of other kinds', async ({ api }) => {
    const admin = await logInAdmin(api)
    for (const what of ['overview', 'trips', 'performance', 'units']) {
      await admin.get(`${path}/${what}`).expect(403)
      await api.get(`${path}/${what}`).expect(401)
    }
  })
})

/** Gives the trips that production recorded to the agency of the test. */
async function giveRecordedTrips(db: Client, { user }: Agency): Promise<void> {
  await db.query(
    'UPDATE "trips" SET "assignedAgencyId" = $1 WHERE "id" IN (SELECT "id" FROM "trips" ORDER BY "id" LIMIT 200)',
    [user.agencyId],
  )
}

async function giveUnits(db: Client, { user }: Agency): Promise<void> {
  await db.query(
    `INSERT INTO "units" ("id", "agencyId", "unitNumber", "type", "currentStatus", "isActive", "updatedAt")
     VALUES ('unit-1', $1, 'L-1', 'AMBULANCE', 'AVAILABLE', true, now()),
            ('unit-2', $1, 'L-2', 'AMBULANCE', 'IN_USE', true, now()),
            ('unit-3', $1, 'L-3', 'AMBULANCE', 'AVAILABLE', false, now())`,
    [user.agencyId],
  )
}

async function completeTrip(facility: Session, medic: Agency, assignedUnitId: string): Promise<void> {
  const { id } = await acceptTrip(facility, medic, { assignedUnitId })
  await medic.put(`/api/trips/${id}/status`).send({ status: 'COMPLETED' }).expect(200)
}
