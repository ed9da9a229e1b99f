import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import { toCoordinates, toDistanceMiles } from '../distance.ts'
import { ApiError } from '../errors.ts'
import type { TripView } from './fetch-trips.ts'

/** Agencies to which a request is sent. */
export interface Dispatch {
  readonly agencyIds: readonly string[]
  readonly dispatchMode: 'PREFERRED' | 'GEOGRAPHIC' | 'HYBRID'
  readonly notificationRadius?: number
}

type Reason = 'not-available' | 'not-preferred' | 'out-of-range'

/**
 * Sends a request to the chosen agencies that the mode allows: preferred by the facility, near enough, or either. It
 * is open to them from then on.
 * @throws ApiError `conflict` when it doesn't wait for dispatch, `unprocessable` for unknown agencies or none left
 */
export async function dispatchTrip(prisma: PrismaClient, trip: TripView, dispatch: Dispatch) {
  // An agency of unknown distance counts as near enough. Each agency gets a response that waits for its answer.
  if (trip.status !== 'PENDING_DISPATCH') {
    throw new ApiError('conflict', 'Only a trip that waits for dispatch can be dispatched.')
  }
  const candidates = await fetchCandidates(prisma, trip, dispatch)
  const skipped = candidates.flatMap(({ id, reason }) => (reason ? [{ agencyId: id, reason }] : []))
  const dispatchedTo = candidates.filter(({ reason }) => !reason).map(({ id }) => id)
  if (dispatchedTo.length === 0) {
    throw new ApiError('unprocessable', 'None of these agencies can be asked.', {
      meta: Object.fromEntries(skipped.map(({ agencyId, reason }) => [agencyId, reason])),
    })
  }
  const responses = await prisma.$transaction(async (tx) => {
    const { count } = await tx.transportRequest.updateMany({
      where: { id: trip.id, status: 'PENDING_DISPATCH' },
      data: {
        status: 'PENDING',
        selectedAgencies: dispatchedTo,
        ...(dispatch.notificationRadius !== undefined && { notificationRadius: dispatch.notificationRadius }),
      },
    })
    if (count === 0) throw new ApiError('conflict', 'The trip has been dispatched in the meantime.')
    // An earlier round may have asked one of them already: it is asked anew.
    await tx.agencyResponse.deleteMany({ where: { tripId: trip.id, agencyId: { in: dispatchedTo } } })
    return tx.agencyResponse.createManyAndReturn({
      data: dispatchedTo.map((agencyId) => ({ tripId: trip.id, agencyId, response: 'PENDING' })),
      select: { id: true, agencyId: true, tripId: true, response: true },
    })
  })
  return { tripId: trip.id, dispatchedTo, skipped, responses }
}

async function fetchCandidates(prisma: PrismaClient, trip: TripView, dispatch: Dispatch) {
  const agencies = await prisma.eMSAgency.findMany({
    where: { id: { in: [...dispatch.agencyIds] } },
    select: { id: true, isActive: true, acceptsNotifications: true, latitude: true, longitude: true },
    orderBy: { id: 'asc' },
  })
  if (agencies.length < new Set(dispatch.agencyIds).size) {
    throw new ApiError('unprocessable', 'There is no such agency.')
  }
  const preferred = await fetchPreferred(prisma, trip)
  const from = trip.healthcareLocation ?? trip.originFacility
  const origin = from && toCoordinates(from)
  const radius = dispatch.notificationRadius ?? trip.notificationRadius
  return agencies.map(({ id, isActive, acceptsNotifications, ...place }) => {
    const destination = toCoordinates(place)
    const isFar = origin && destination && radius !== null && toDistanceMiles(origin, destination) > radius
    const reason = toReason({
      mode: dispatch.dispatchMode,
      isAvailable: isActive && acceptsNotifications,
      isPreferred: preferred.has(id),
      isFar: isFar === true,
    })
    return { id, reason }
  })
}

async function fetchPreferred(prisma: PrismaClient, trip: TripView): Promise<ReadonlySet<string>> {
  if (!trip.healthcareCreatedById) return new Set()
  const creator = await prisma.healthcareUser.findUnique({
    where: { id: trip.healthcareCreatedById },
    select: { id: true, parentUserId: true },
  })
  const owners = [creator?.id, creator?.parentUserId].filter((id) => typeof id === 'string')
  const preferences = await prisma.healthcareAgencyPreference.findMany({
    where: { healthcareUserId: { in: owners }, isPreferred: true },
    select: { agencyId: true },
  })
  return new Set(preferences.map(({ agencyId }) => agencyId))
}

function toReason(agency: {
  readonly mode: Dispatch['dispatchMode']
  readonly isAvailable: boolean
  readonly isPreferred: boolean
  readonly isFar: boolean
}): Reason | null {
  if (!agency.isAvailable) return 'not-available'
  if (agency.mode === 'PREFERRED') return agency.isPreferred ? null : 'not-preferred'
  const isPassed = agency.mode === 'HYBRID' && agency.isPreferred
  return agency.isFar && !isPassed ? 'out-of-range' : null
}
