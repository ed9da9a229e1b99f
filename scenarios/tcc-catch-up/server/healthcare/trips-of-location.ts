import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import { toDatabaseFault } from '../database-fault.ts'

/** How many trips start at a location. */
export interface LocationStatistics {
  readonly totalTrips: number
  readonly pendingTrips: number
  readonly completedTrips: number
}

/** Counts the trips of these locations in one query. The result has an entry for each location. */
export async function countTripsByLocation(
  prisma: PrismaClient,
  locationIds: readonly string[],
): Promise<(locationId: string) => LocationStatistics> {
  const groups = await prisma.transportRequest.groupBy({
    by: ['fromLocationId', 'status'],
    where: { fromLocationId: { in: [...locationIds] } },
    _count: { id: true },
  })
  return (locationId) => {
    const ofLocation = groups.filter(({ fromLocationId }) => fromLocationId === locationId)
    const count = (statuses?: readonly string[]) =>
      ofLocation
        .filter(({ status }) => !statuses || statuses.includes(status))
        .reduce((sum, { _count }) => sum + _count.id, 0)
    return {
      totalTrips: count(),
      pendingTrips: count(['PENDING', 'PENDING_DISPATCH']),
      completedTrips: count(['COMPLETED', 'HEALTHCARE_COMPLETED']),
    }
  }
}

/** Tells whether a trip starts at this location. While the table of trips is missing, none does. */
export async function isUsedByTrips(prisma: PrismaClient, locationId: string): Promise<boolean> {
  try {
    const trip = await prisma.transportRequest.findFirst({
      where: { fromLocationId: locationId },
      select: { id: true },
    })
    return trip !== null
  } catch (error) {
    const fault = toDatabaseFault(error)
    if (fault?.kind === 'schema-incomplete' && fault.missing === 'public.transport_requests') return false
    throw error
  }
}
