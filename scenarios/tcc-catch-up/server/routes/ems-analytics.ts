import { Router } from 'express'
import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import { agencyOf } from '../auth/agency-of.ts'
import type { AppContext } from '../context.ts'
import { answersOf, type Call } from '../operation.ts'
import { countBy, fetchAgencyTrips, summarizeTrips } from '../trips/agency-trips.ts'

const topUnits = 5

/** `/api/ems/analytics`: figures of the user's agency. */
export function emsAnalyticsRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/overview',
    answers.to('getEmsOverview', ['EMS'], async ({ account }: Call) => {
      const figures = summarizeTrips(await fetchAgencyTrips(prisma, agencyOf(account)))
      const { averageTripTime: _, ...overview } = figures
      return { data: { ...overview, agencyName: account.profile.agencyName } }
    }),
  )
  router.get(
    '/trips',
    answers.to('getEmsTripFigures', ['EMS'], async ({ account }: Call) => {
      const trips = await fetchAgencyTrips(prisma, agencyOf(account))
      return {
        data: {
          totalTrips: trips.length,
          tripsByStatus: countBy(trips, 'status'),
          tripsByLevel: countBy(trips, 'transportLevel'),
          tripsByPriority: countBy(trips, 'priority'),
        },
      }
    }),
  )
  router.get(
    '/performance',
    answers.to('getEmsPerformance', ['EMS'], async ({ account }: Call) => {
      const agencyId = agencyOf(account)
      const { totalTrips, completedTrips, efficiency, averageResponseTime, averageTripTime } = summarizeTrips(
        await fetchAgencyTrips(prisma, agencyId),
      )
      const responses = await prisma.agencyResponse.groupBy({
        by: ['response'],
        where: { agencyId },
        _count: { id: true },
      })
      const countOf = (response: string) => responses.find((row) => row.response === response)?._count.id ?? 0
      const [accepted, declined] = [countOf('ACCEPTED'), countOf('DECLINED')]
      return {
        data: {
          totalTrips,
          completedTrips,
          completionRate: efficiency,
          averageResponseTime,
          averageTripTime,
          acceptedResponses: accepted,
          declinedResponses: declined,
          acceptanceRate:
            accepted + declined === 0 ? null : Math.round((accepted / (accepted + declined)) * 1000) / 10,
        },
      }
    }),
  )
  router.get(
    '/units',
    answers.to('getEmsUnitFigures', ['EMS'], async ({ account }: Call) => ({
      data: await fetchUnitFigures(prisma, agencyOf(account)),
    })),
  )
  return router
}

async function fetchUnitFigures(prisma: PrismaClient, agencyId: string) {
  const units = await prisma.unit.findMany({
    where: { agencyId },
    // Of a unit itself only what it has had from the beginning: its figures come before its last columns.
    select: { id: true, unitNumber: true, type: true, currentStatus: true, isActive: true, analytics: true },
    orderBy: { unitNumber: 'asc' },
  })
  const active = units.filter(({ isActive }) => isActive)
  const unitsByStatus: Record<string, number> = {}
  for (const { currentStatus } of active)
    unitsByStatus[currentStatus] = (unitsByStatus[currentStatus] ?? 0) + 1
  return {
    totalUnits: units.length,
    activeUnits: active.length,
    availableUnits: unitsByStatus.AVAILABLE ?? 0,
    unitsByStatus,
    topPerformingUnits: units
      .flatMap(({ analytics, id, unitNumber, type }) =>
        analytics
          ? [
              {
                id,
                unitNumber,
                type,
                totalTrips: analytics.totalTrips,
                totalTripsCompleted: analytics.totalTripsCompleted,
                averageResponseTime: analytics.averageResponseTime?.toNumber() ?? null,
                performanceScore: analytics.performanceScore?.toNumber() ?? null,
                efficiency: analytics.efficiency?.toNumber() ?? null,
              },
            ]
          : [],
      )
      .sort((a, b) => b.totalTripsCompleted - a.totalTripsCompleted)
      .slice(0, topUnits),
  }
}
