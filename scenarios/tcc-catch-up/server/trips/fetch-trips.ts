import type { Prisma, PrismaClient } from '../../../../generated/tcc-client/client.ts'
import type { Account } from '../auth/accounts.ts'
import { toCoordinates, toDistanceMiles } from '../distance.ts'
import { ApiError } from '../errors.ts'
import { fetchVisible } from './visible-trips.ts'

const milesPerHour = 45
const site = {
  id: true,
  name: true,
  type: true,
  city: true,
  state: true,
  latitude: true,
  longitude: true,
} as const

/** Rows that belong to a request. Of a unit it reads only columns that have existed from the beginning. */
const include = {
  originFacility: { select: site },
  destinationFacility: { select: site },
  healthcareLocation: {
    select: {
      id: true,
      locationName: true,
      city: true,
      state: true,
      facilityType: true,
      latitude: true,
      longitude: true,
    },
  },
  assignedUnit: { select: { id: true, unitNumber: true, type: true } },
} as const satisfies Prisma.TransportRequestInclude

type TripRow = Prisma.TransportRequestGetPayload<{ include: typeof include }>

/** Transport requests as the API shows them. At most three queries. */
export async function fetchTrips(
  prisma: PrismaClient,
  query: Omit<Prisma.TransportRequestFindManyArgs, 'include' | 'select' | 'omit'>,
) {
  const rows = await prisma.transportRequest.findMany({ ...query, include })
  const pickups = await fetchPickupLocations(prisma, rows)
  const facilities = await fetchFacilityNames(prisma, rows)
  return rows.map((row) => ({
    ...row,
    pickupLocation: pickups.get(row.pickupLocationId) ?? null,
    healthcareFacilityName: facilities.get(row.healthcareCreatedById) ?? null,
    ...toRoute(row),
  }))
}

/** A transport request as the API shows it. */
export type TripView = Awaited<ReturnType<typeof fetchTrips>>[number]

/**
 * One transport request that the user may see.
 * @throws ApiError `not-found`
 */
export async function fetchTrip(prisma: PrismaClient, account: Account, id: string): Promise<TripView> {
  const visible = await fetchVisible(prisma, account)
  const [trip] = await fetchTrips(prisma, { where: { AND: [{ id }, visible] } })
  if (!trip) throw new ApiError('not-found', 'There is no such trip.')
  return trip
}

/**
 * Pickup locations, fetched separately and only where a request names one: their table comes a phase after the
 * requests.
 */
async function fetchPickupLocations(prisma: PrismaClient, rows: readonly TripRow[]) {
  const ids = distinct(rows.map(({ pickupLocationId }) => pickupLocationId))
  if (ids.length === 0) return new Map()
  const found = await prisma.pickup_locations.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, floor: true, room: true, contactPhone: true },
  })
  return new Map<string | null, (typeof found)[number]>(found.map((location) => [location.id, location]))
}

async function fetchFacilityNames(prisma: PrismaClient, rows: readonly TripRow[]) {
  const ids = distinct(rows.map(({ healthcareCreatedById }) => healthcareCreatedById))
  if (ids.length === 0) return new Map()
  const found = await prisma.healthcareUser.findMany({
    where: { id: { in: ids } },
    select: { id: true, facilityName: true },
  })
  return new Map<string | null, string>(found.map(({ id, facilityName }) => [id, facilityName]))
}

function toRoute({ originFacility, destinationFacility, healthcareLocation }: TripRow) {
  const from = originFacility ?? healthcareLocation
  const [start, end] = [
    from && toCoordinates(from),
    destinationFacility && toCoordinates(destinationFacility),
  ]
  const distanceMiles = start && end ? toDistanceMiles(start, end) : null
  return { distanceMiles, estimatedTripTimeMinutes: distanceMiles === null ? null : toMinutes(distanceMiles) }
}

/** Minutes an ambulance needs for a distance, at the speed that the center assumes. */
export function toMinutes(miles: number): number {
  return Math.ceil((miles / milesPerHour) * 60)
}

function distinct(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))]
}
