import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import { toCoordinates, toDistanceMiles } from '../distance.ts'
import { ApiError } from '../errors.ts'
import type { MeasuredTrip } from './cost-breakdown.ts'

/** Values that the caller measured better than the trip's row did. */
export interface Measurements {
  readonly distanceMiles?: number
  readonly deadheadMiles?: number
  readonly durationHours?: number
}

const place = { select: { latitude: true, longitude: true } } as const

/**
 * A trip with its miles and hours, either recorded by the control center or a transport request.
 * @throws ApiError `unprocessable` when there is no such trip, or nothing tells its miles or hours
 */
export async function fetchMeasuredTrip(
  prisma: PrismaClient,
  tripId: string,
  given: Measurements,
): Promise<MeasuredTrip> {
  const trip = (await fetchRecorded(prisma, tripId)) ?? (await fetchRequested(prisma, tripId))
  if (!trip) throw new ApiError('unprocessable', 'There is no such trip.')
  const loadedMiles = given.distanceMiles ?? trip.loadedMiles
  const durationHours = given.durationHours ?? trip.durationHours
  if (loadedMiles === null)
    throw new ApiError('unprocessable', 'The trip has no distance: give distanceMiles.')
  if (durationHours === null)
    throw new ApiError('unprocessable', 'The trip has no duration: give durationHours.')
  return { ...trip, loadedMiles, durationHours, deadheadMiles: given.deadheadMiles ?? trip.deadheadMiles }
}

async function fetchRecorded(prisma: PrismaClient, id: string) {
  const row = await prisma.trip.findUnique({
    where: { id },
    select: {
      transportLevel: true,
      priority: true,
      oxygenRequired: true,
      monitoringRequired: true,
      insuranceCompany: true,
      distanceMiles: true,
      loadedMiles: true,
      deadheadMiles: true,
      actualTripTimeMinutes: true,
      acceptedTimestamp: true,
      completionTimestamp: true,
      assignedUnitId: true,
    },
  })
  if (!row) return null
  return {
    transportLevel: row.transportLevel,
    priority: row.priority,
    loadedMiles: row.loadedMiles?.toNumber() ?? row.distanceMiles,
    deadheadMiles: row.deadheadMiles ?? 0,
    durationHours:
      row.actualTripTimeMinutes === null
        ? toHours(row.acceptedTimestamp, row.completionTimestamp)
        : row.actualTripTimeMinutes / 60,
    crewSize: await fetchCrewSize(prisma, row.assignedUnitId),
    insuranceCompany: row.insuranceCompany,
    needs: {
      isolation: false,
      bariatric: false,
      oxygen: row.oxygenRequired,
      monitoring: row.monitoringRequired,
    },
  }
}

async function fetchRequested(prisma: PrismaClient, id: string) {
  const row = await prisma.transportRequest.findUnique({
    where: { id },
    select: {
      transportLevel: true,
      priority: true,
      oxygenRequired: true,
      monitoringRequired: true,
      isolation: true,
      bariatric: true,
      acceptedTimestamp: true,
      completionTimestamp: true,
      assignedUnitId: true,
      healthcareLocation: place,
      originFacility: place,
      destinationFacility: place,
    },
  })
  if (!row) return null
  const from = [row.healthcareLocation, row.originFacility].flatMap(
    (site) => (site && toCoordinates(site)) ?? [],
  )[0]
  const to = row.destinationFacility && toCoordinates(row.destinationFacility)
  return {
    transportLevel: row.transportLevel,
    priority: row.priority,
    loadedMiles: from && to ? toDistanceMiles(from, to) : null,
    deadheadMiles: 0,
    durationHours: toHours(row.acceptedTimestamp, row.completionTimestamp),
    crewSize: await fetchCrewSize(prisma, row.assignedUnitId),
    insuranceCompany: null,
    needs: {
      isolation: row.isolation,
      bariatric: row.bariatric,
      oxygen: row.oxygenRequired,
      monitoring: row.monitoringRequired,
    },
  }
}

/** Size of a unit's crew; two, the usual size, as long as no unit is assigned. No foreign key holds a trip's unit. */
async function fetchCrewSize(prisma: PrismaClient, unitId: string | null): Promise<number> {
  const unit = unitId && (await prisma.unit.findUnique({ where: { id: unitId }, select: { crewSize: true } }))
  return unit ? unit.crewSize : 2
}

function toHours(from: Date | null, to: Date | null): number | null {
  return from && to && to >= from ? (to.getTime() - from.getTime()) / 3_600_000 : null
}
