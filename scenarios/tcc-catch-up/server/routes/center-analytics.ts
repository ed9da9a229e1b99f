import { Router } from 'express'
import { fetchAccountFigures } from '../analytics/account-figures.ts'
import { fetchAgencyFigures, fetchHospitalFigures } from '../analytics/trip-figures.ts'
import type { AppContext } from '../context.ts'
import { answersOf, centerRoles } from '../operation.ts'
import { toPlainRow } from '../plain-row.ts'

/**
 * `/api/tcc/analytics`: figures for the control center, counted from the rows. A missing table does not count as
 * zero.
 */
export function centerAnalyticsRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/overview',
    answers.to('getAnalyticsOverview', centerRoles, async () => {
      const isActive = { where: { isActive: true } }
      const [
        totalTrips,
        totalHospitals,
        activeHospitals,
        totalAgencies,
        activeAgencies,
        totalFacilities,
        activeFacilities,
        totalUnits,
        activeUnits,
        units,
      ] = await prisma.$transaction([
        prisma.transportRequest.count(),
        prisma.hospital.count(),
        prisma.hospital.count(isActive),
        prisma.eMSAgency.count(),
        prisma.eMSAgency.count(isActive),
        prisma.facility.count(),
        prisma.facility.count(isActive),
        prisma.unit.count(),
        prisma.unit.count(isActive),
        prisma.unit_analytics.aggregate({
          _avg: { averageResponseTime: true },
          _sum: { totalTripsCompleted: true },
        }),
      ])
      return {
        data: {
          totalTrips,
          totalHospitals,
          activeHospitals,
          totalAgencies,
          activeAgencies,
          totalFacilities,
          activeFacilities,
          totalUnits,
          activeUnits,
          tripsCompletedByUnits: units._sum.totalTripsCompleted ?? 0,
          averageResponseTime: units._avg.averageResponseTime?.toNumber() ?? null,
        },
      }
    }),
  )

  router.get(
    '/trips',
    answers.to('getTripAnalytics', centerRoles, async () => {
      const [byStatus, byLevel, byPriority] = await Promise.all([
        prisma.transportRequest.groupBy({ by: ['status'], _count: { id: true } }),
        prisma.transportRequest.groupBy({ by: ['transportLevel'], _count: { id: true } }),
        prisma.transportRequest.groupBy({ by: ['priority'], _count: { id: true } }),
      ])
      const count = (...statuses: readonly string[]) =>
        byStatus
          .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
          .reduce((total, { _count }) => total + _count.id, 0)
      return {
        data: {
          totalTrips: count(),
          pendingTrips: count('PENDING', 'PENDING_DISPATCH'),
          acceptedTrips: count('ACCEPTED', 'IN_PROGRESS'),
          completedTrips: count('COMPLETED', 'HEALTHCARE_COMPLETED'),
          cancelledTrips: count('CANCELLED'),
          tripsByLevel: Object.fromEntries(byLevel.map((group) => [group.transportLevel, group._count.id])),
          tripsByPriority: Object.fromEntries(byPriority.map((group) => [group.priority, group._count.id])),
        },
      }
    }),
  )

  router.get(
    '/agencies',
    answers.to('getAgencyAnalytics', centerRoles, async () => ({ data: await fetchAgencyFigures(prisma) })),
  )

  router.get(
    '/hospitals',
    answers.to('getHospitalAnalytics', centerRoles, async () => ({
      data: await fetchHospitalFigures(prisma),
    })),
  )

  router.get(
    '/units',
    answers.to('getCenterUnitAnalytics', centerRoles, async () => {
      const units = await prisma.unit.findMany({
        select: {
          id: true,
          agencyId: true,
          unitNumber: true,
          type: true,
          currentStatus: true,
          lastMaintenance: true,
          nextMaintenance: true,
          lastStatusUpdate: true,
          isActive: true,
          analytics: {
            select: {
              performanceScore: true,
              efficiency: true,
              totalTrips: true,
              totalTripsCompleted: true,
              averageResponseTime: true,
              lastUpdated: true,
            },
          },
        },
        orderBy: [{ agencyId: 'asc' }, { unitNumber: 'asc' }, { id: 'asc' }],
      })
      return {
        data: units.map(({ analytics, ...unit }) => ({
          ...unit,
          analytics: analytics && toPlainRow(analytics),
        })),
      }
    }),
  )

  router.get(
    '/accounts',
    answers.to<unknown, { days: number }>('getAccountAnalytics', centerRoles, async ({ query }) => ({
      data: await fetchAccountFigures(prisma, query.days),
    })),
  )
  return router
}
