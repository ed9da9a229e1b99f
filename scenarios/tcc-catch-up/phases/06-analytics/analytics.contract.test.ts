import type { Client } from 'pg'
import { describe, expect, flow, test } from 'phaseproof/contract'
import { logInAdmin, registerFacility } from '../../flows/sessions.ts'

const path = '/api/tcc/analytics'

describe('analytics of the control center', () => {
  flow('count what the snapshot holds', async ({ api, db }) => {
    const admin = await logInAdmin(api)

    const { body } = await admin.get(`${path}/overview`).expect(200)

    const { rows } = await db.query(`
      SELECT (SELECT count(*)::int FROM "transport_requests") AS "totalTrips",
             (SELECT count(*)::int FROM "hospitals") AS "totalHospitals",
             (SELECT count(*)::int FROM "hospitals" WHERE "isActive") AS "activeHospitals",
             (SELECT count(*)::int FROM "ems_agencies") AS "totalAgencies",
             (SELECT count(*)::int FROM "ems_agencies" WHERE "isActive") AS "activeAgencies",
             (SELECT count(*)::int FROM "facilities") AS "totalFacilities",
             (SELECT count(*)::int FROM "facilities" WHERE "isActive") AS "activeFacilities",
             (SELECT count(*)::int FROM "units") AS "totalUnits",
             (SELECT count(*)::int FROM "units" WHERE "isActive") AS "activeUnits"`)
    expect(rows[0].totalHospitals).toBeGreaterThan(0)
    expect(body.data).toEqual({ ...rows[0], tripsCompletedByUnits: 0, averageResponseTime: null })
  })

  flow('show how the units of an agency do', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const unit = await insertFigures(db)

    const units = await admin.get(`${path}/units`).expect(200)
    const agencies = await admin.get(`${path}/agencies`).expect(200)
    const overview = await admin.get(`${path}/overview`).expect(200)

    const { rows } = await db.query('SELECT "id" FROM "units"')
    expect(units.body.data).toHaveLength(rows.length)
    expect(units.body.data.find(({ id }: { id: string }) => id === unit.id)).toMatchObject({
      unitNumber: unit.unitNumber,
      lastMaintenance: null,
      analytics: { totalTrips: 9, totalTripsCompleted: 7, averageResponseTime: 12.5, efficiency: null },
    })
    const agency = agencies.body.data.find(({ agencyId }: { agencyId: string }) => agencyId === unit.agencyId)
    expect(agency).toMatchObject({ averageResponseTime: 12.5, completionRate: null })
    expect(overview.body.data).toMatchObject({ tripsCompletedByUnits: 7, averageResponseTime: 12.5 })
  })

  flow('follow trips from request to completion', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    const { agencyId } = await insertFigures(db)
    await insertTrip(db, 'trip-of-the-test-1', 'COMPLETED', agencyId)
    await insertTrip(db, 'trip-of-the-test-2', 'PENDING', agencyId)

    const trips = await admin.get(`${path}/trips`).expect(200)
    const agencies = await admin.get(`${path}/agencies`).expect(200)
    const performance = await admin.get(`/api/optimize/performance?agencyId=${agencyId}`).expect(200)

    expect(trips.body.data).toEqual({
      totalTrips: 2,
      pendingTrips: 1,
      acceptedTrips: 0,
      completedTrips: 1,
      cancelledTrips: 0,
      tripsByLevel: { BLS: 2 },
      tripsByPriority: { HIGH: 2 },
    })
    expect(
      agencies.body.data.find((agency: { agencyId: string }) => agency.agencyId === agencyId),
    ).toMatchObject({ totalTrips: 2, completedTrips: 1, completionRate: 50 })
    expect(performance.body.data).toMatchObject({
      totalTrips: 2,
      completedTrips: 1,
      completionRate: 50,
      averageTripMinutes: 30,
      averageUnitEfficiency: null,
    })
  })

  flow('include notices in the application, which can be written now', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    await admin.put('/api/notifications/read-all').expect(200)

    const created = await admin
      .post('/api/notifications/test')
      .send({ title: 'Hello', message: 'A test.' })
      .expect(201)
    const { id } = created.body.data

    const listed = await admin.get('/api/notifications').expect(200)
    expect(listed.body.data[0]).toMatchObject({ id, metricValue: { read: false, title: 'Hello' } })
    await admin.put(`/api/notifications/${id}/read`).expect(200)
    expect((await admin.put('/api/notifications/read-all').expect(200)).body.data).toEqual({ updated: 0 })
    const { rows } = await db.query(
      'SELECT "userId", "metricValue" -> \'read\' AS "read" FROM "system_analytics" WHERE "id" = $1',
      [id],
    )
    expect(rows).toEqual([{ userId: admin.user.id, read: true }])
  })

  test('are for the control center only', async ({ api }) => {
    const facility = await registerFacility(api)

    for (const part of ['overview', 'trips', 'agencies', 'hospitals', 'units', 'accounts']) {
      await api.get(`${path}/${part}`).expect(401)
      await facility.get(`${path}/${part}`).expect(403)
    }
  })

  test('call no missing table empty', async ({ api, db }) => {
    const admin = await logInAdmin(api)
    await db.query('ALTER TABLE "unit_analytics" RENAME TO "unit_analytics_away"')

    const { body } = await admin.get(`${path}/overview`).expect(503)

    expect(body).toMatchObject({ code: 'schema-incomplete', meta: { missing: 'public.unit_analytics' } })
  })
})

async function insertFigures(
  db: Client,
): Promise<{ readonly id: string; readonly agencyId: string; readonly unitNumber: string }> {
  const { rows } = await db.query('SELECT "id", "agencyId", "unitNumber" FROM "units" ORDER BY "id" LIMIT 1')
  await db.query(
    `INSERT INTO "unit_analytics" ("id", "unitId", "totalTrips", "totalTripsCompleted", "averageResponseTime")
     VALUES ('figures-of-the-test', $1, 9, 7, 12.5)`,
    [rows[0].id],
  )
  return rows[0]
}

async function insertTrip(db: Client, id: string, status: string, agencyId: string): Promise<void> {
  await db.query(
    `INSERT INTO "transport_requests"
       ("id", "patientId", "transportLevel", "priority", "status", "assignedAgencyId",
        "requestTimestamp", "acceptedTimestamp", "completionTimestamp", "updatedAt")
     VALUES ($1, 'PT-1', 'BLS', 'HIGH', $2, $3, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC',
        now() AT TIME ZONE 'UTC' + interval '30 minutes', now() AT TIME ZONE 'UTC')`,
    [id, status, agencyId],
  )
}
