import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import { toCoordinates } from '../distance.ts'
import { ApiError } from '../errors.ts'
import { fetchHomeOf, toReachable } from './reachable-agencies.ts'

/** Agencies to which a trip is offered: preferred ones, those within a radius, or both. */
export type DispatchMode = 'PREFERRED' | 'GEOGRAPHIC' | 'HYBRID'

/**
 * The agencies that a facility can offer one of its trips to, nearest first, measured from where the trip starts.
 * @throws ApiError `not-found` when none of these users created such a trip
 */
export async function fetchTripAgencies(
  prisma: PrismaClient,
  ownerId: string,
  { id, createdBy }: { readonly id: string; readonly createdBy: readonly string[] },
  mode: DispatchMode,
  radiusMiles: number,
) {
  const trip = await prisma.transportRequest.findFirst({
    where: { id, healthcareCreatedById: { in: [...createdBy] } },
    select: { healthcareLocation: { select: { latitude: true, longitude: true } } },
  })
  if (!trip) throw new ApiError('not-found', 'There is no such trip.')
  const start =
    (trip.healthcareLocation && toCoordinates(trip.healthcareLocation)) ??
    (await fetchHomeOf(prisma, ownerId))
  const preferences = await prisma.healthcareAgencyPreference.findMany({
    where: { healthcareUserId: ownerId },
    select: { agencyId: true, isPreferred: true },
  })
  const preferred = new Set(
    preferences.filter(({ isPreferred }) => isPreferred).map(({ agencyId }) => agencyId),
  )
  const usable = await prisma.eMSAgency.findMany({
    where: { isActive: true, acceptsNotifications: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  const near = new Set(toReachable(usable, start, radiusMiles).map((agency) => agency.id))
  const isOffered = (agencyId: string) =>
    (mode !== 'GEOGRAPHIC' && preferred.has(agencyId)) || (mode !== 'PREFERRED' && near.has(agencyId))
  const agencies = toReachable(usable, start, null)
    .filter((agency) => isOffered(agency.id))
    .map((agency) => ({ ...agency, isPreferred: preferred.has(agency.id) }))
  return {
    agencies,
    preferredCount: agencies.filter(({ isPreferred }) => isPreferred).length,
    geographicCount: agencies.filter((agency) => near.has(agency.id)).length,
    userAgenciesCount: preferences.length,
  }
}
