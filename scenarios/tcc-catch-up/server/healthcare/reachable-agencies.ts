import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import { type Coordinates, toCoordinates, toDistanceMiles } from '../distance.ts'

/** The columns that tell whether an agency can be reached and used. */
interface ReachableAgency {
  readonly latitude: number | null
  readonly longitude: number | null
  readonly availabilityStatus: unknown
}

/** Where a facility is: its primary location with coordinates, or any active one; null when none has them. */
export async function fetchHomeOf(
  prisma: PrismaClient,
  healthcareUserId: string,
): Promise<Coordinates | null> {
  const location = await prisma.healthcareLocation.findFirst({
    where: { healthcareUserId, isActive: true, latitude: { not: null }, longitude: { not: null } },
    orderBy: [{ isPrimary: 'desc' }, { createdAt: 'asc' }],
    select: { latitude: true, longitude: true },
  })
  return location && toCoordinates(location)
}

/**
 * The agencies with their levels and their distance from a place, nearest first. A radius excludes agencies of
 * unknown distance; without a radius they come last.
 */
export function toReachable<Agency extends ReachableAgency>(
  agencies: readonly Agency[],
  home: Coordinates | null,
  radiusMiles: number | null,
) {
  return agencies
    .map((agency) => {
      const place = toCoordinates(agency)
      const distance = home && place ? toDistanceMiles(home, place) : null
      return { ...agency, availableLevels: toLevels(agency.availabilityStatus), distance }
    })
    .filter(({ distance }) => radiusMiles === null || (distance !== null && distance <= radiusMiles))
    .sort((a, b) => (a.distance ?? Number.POSITIVE_INFINITY) - (b.distance ?? Number.POSITIVE_INFINITY))
}

function toLevels(availabilityStatus: unknown): readonly string[] {
  const { availableLevels } = (availabilityStatus ?? {}) as { availableLevels?: unknown }
  return Array.isArray(availableLevels) ? availableLevels.filter((level) => typeof level === 'string') : []
}
