import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'

/** The columns of a trip that figures are computed from, for requests and for records from before. */
export interface CountedTrip {
  readonly id: string
  readonly status: string
  readonly transportLevel: string
  readonly priority: string
  readonly requestedAt: Date | null
  readonly acceptedAt: Date | null
  readonly completedAt: Date | null
}

const select = {
  id: true,
  status: true,
  transportLevel: true,
  priority: true,
  requestTimestamp: true,
  acceptedTimestamp: true,
  completionTimestamp: true,
} as const

/**
 * Every trip of an agency: the requests, and those recorded before there were requests. A trip in both counts once,
 * as a request.
 */
export async function fetchAgencyTrips(
  prisma: PrismaClient,
  assignedAgencyId: string,
): Promise<CountedTrip[]> {
  const where = { assignedAgencyId }
  const records = await prisma.trip.findMany({ where, select: { ...select, transferRequestTime: true } })
  const requests = await prisma.transportRequest.findMany({ where, select })
  const trips = new Map<string, CountedTrip>()
  for (const row of records) {
    trips.set(
      row.id,
      toCounted({ ...row, requestTimestamp: row.requestTimestamp ?? row.transferRequestTime }),
    )
  }
  for (const row of requests) trips.set(row.id, toCounted(row))
  return [...trips.values()]
}

/** Figures of some trips; averages are in minutes and null where nothing was measured. */
export function summarizeTrips(trips: readonly CountedTrip[]) {
  const completed = trips.filter(({ status }) => status === 'COMPLETED' || status === 'HEALTHCARE_COMPLETED')
  const countOf = (...statuses: readonly string[]) =>
    trips.filter(({ status }) => statuses.includes(status)).length
  return {
    totalTrips: trips.length,
    completedTrips: completed.length,
    pendingTrips: countOf('PENDING', 'PENDING_DISPATCH'),
    cancelledTrips: countOf('CANCELLED'),
    efficiency: trips.length === 0 ? 0 : Math.round((completed.length / trips.length) * 1000) / 10,
    averageResponseTime: toAverageMinutes(trips, 'requestedAt', 'acceptedAt'),
    averageTripTime: toAverageMinutes(completed, 'acceptedAt', 'completedAt'),
  }
}

/** How many trips have each value of a column. */
export function countBy(trips: readonly CountedTrip[], column: 'status' | 'transportLevel' | 'priority') {
  const counts: Record<string, number> = {}
  for (const trip of trips) counts[trip[column]] = (counts[trip[column]] ?? 0) + 1
  return counts
}

function toAverageMinutes(
  trips: readonly CountedTrip[],
  from: 'requestedAt' | 'acceptedAt',
  to: 'acceptedAt' | 'completedAt',
): number | null {
  const minutes = trips.flatMap((trip) => {
    const [start, end] = [trip[from], trip[to]]
    return start && end && end >= start ? [(end.getTime() - start.getTime()) / 60_000] : []
  })
  if (minutes.length === 0) return null
  return Math.round((minutes.reduce((sum, value) => sum + value, 0) / minutes.length) * 10) / 10
}

function toCounted(row: {
  readonly id: string
  readonly status: string
  readonly transportLevel: string
  readonly priority: string
  readonly requestTimestamp: Date | null
  readonly acceptedTimestamp: Date | null
  readonly completionTimestamp: Date | null
}): CountedTrip {
  const { id, status, transportLevel, priority } = row
  return {
    id,
    status,
    transportLevel,
    priority,
    requestedAt: row.requestTimestamp,
    acceptedAt: row.acceptedTimestamp,
    completedAt: row.completionTimestamp,
  }
}
