import type { Prisma, PrismaClient } from '../../../../generated/tcc-client/client.ts'

const include = {
  analytics: {
    select: {
      totalTrips: true,
      totalTripsCompleted: true,
      averageResponseTime: true,
      performanceScore: true,
      efficiency: true,
    },
  },
} as const satisfies Prisma.UnitInclude

/** Units with all their columns and their figures, which are zero while nothing was counted. */
export async function fetchUnits(
  prisma: PrismaClient,
  query: Pick<Prisma.UnitFindManyArgs, 'where' | 'skip' | 'take'>,
) {
  const rows = await prisma.unit.findMany({
    ...query,
    include,
    orderBy: [{ agencyId: 'asc' }, { unitNumber: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ analytics, ...unit }) => ({
    ...unit,
    totalTrips: analytics?.totalTrips ?? 0,
    totalTripsCompleted: analytics?.totalTripsCompleted ?? 0,
    averageResponseTime: analytics?.averageResponseTime?.toNumber() ?? null,
    performanceScore: analytics?.performanceScore?.toNumber() ?? null,
    efficiency: analytics?.efficiency?.toNumber() ?? null,
  }))
}
