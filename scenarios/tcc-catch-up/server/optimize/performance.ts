import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'

/** Outcomes and durations of the transports of the last days. */
export async function fetchPerformance(prisma: PrismaClient, agencyId: string | null, days: number) {
  const since = new Date(Date.now() - days * 86_400_000)
  const trips = await prisma.transportRequest.findMany({
    where: { requestTimestamp: { gte: since }, ...(agencyId !== null && { assignedAgencyId: agencyId }) },
    select: { status: true, requestTimestamp: true, acceptedTimestamp: true, completionTimestamp: true },
  })
  const completed = trips.filter(({ status }) => status === 'COMPLETED')
  const unitFigures = await prisma.unit_analytics.aggregate({
    where: agencyId === null ? {} : { unit: { agencyId } },
    _avg: { efficiency: true, averageResponseTime: true },
  })
  return {
    since,
    totalTrips: trips.length,
    completedTrips: completed.length,
    completionRate: trips.length === 0 ? null : Math.round((1000 * completed.length) / trips.length) / 10,
    averageResponseMinutes: toAverageMinutes(
      trips.map(({ requestTimestamp, acceptedTimestamp }) => [requestTimestamp, acceptedTimestamp]),
    ),
    averageTripMinutes: toAverageMinutes(
      completed.map(({ acceptedTimestamp, completionTimestamp }) => [acceptedTimestamp, completionTimestamp]),
    ),
    averageUnitEfficiency: unitFigures._avg.efficiency?.toNumber() ?? null,
  }
}

function toAverageMinutes(spans: readonly (readonly [Date | null, Date | null])[]): number | null {
  const minutes = spans.flatMap(([from, to]) =>
    from && to ? [(to.getTime() - from.getTime()) / 60_000] : [],
  )
  if (minutes.length === 0) return null
  return Math.round((10 * minutes.reduce((total, value) => total + value, 0)) / minutes.length) / 10
}
