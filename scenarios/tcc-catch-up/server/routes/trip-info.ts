import { Router } from 'express'
import { fetchAgencies } from '../agency-view.ts'
import type { AppContext } from '../context.ts'
import { toCoordinates, toDistanceMiles } from '../distance.ts'
import { ApiError } from '../errors.ts'
import { allRoles, answersOf, type Call, type Role } from '../operation.ts'
import { fetchResponses, summarizeResponses } from '../trips/agency-responses.ts'
import { fetchTrip, toMinutes } from '../trips/fetch-trips.ts'
import { type TripOption, tripOptions } from '../trips/options.ts'
import { fetchResponseFields, type ResponseFieldsChange, writeResponseFields } from '../trips/trip-record.ts'

interface Place {
  readonly facilityId?: string
  readonly latitude?: number
  readonly longitude?: number
}

const requesters: readonly Role[] = ['ADMIN', 'USER', 'HEALTHCARE']
const reachable = { isActive: true, acceptsNotifications: true }

/**
 * Routes below `/api/trips` for the state of the answers to a trip, and for what a form asks before there is a trip.
 */
export function tripInfoRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/agencies/available',
    answers.to('listAgenciesForTrips', allRoles, async () => {
      const agencies = await fetchAgencies(prisma, { where: reachable })
      return { data: agencies.filter(({ availabilityStatus }) => availabilityStatus.isAvailable) }
    }),
  )
  router.get(
    '/agencies/:id',
    answers.to(
      'listAgenciesNearHospital',
      allRoles,
      async ({ params, query }: Call<unknown, { readonly radius?: number }>) => {
        const hospital = await prisma.hospital.findUnique({
          where: { id: params.id as string },
          select: { latitude: true, longitude: true },
        })
        if (!hospital) throw new ApiError('not-found', 'There is no such hospital.')
        const from = toCoordinates(hospital)
        const agencies = (await fetchAgencies(prisma, { where: reachable })).map((agency) => {
          const to = toCoordinates(agency)
          return { ...agency, distanceMiles: from && to ? toDistanceMiles(from, to) : null }
        })
        const { radius } = query
        return {
          data: agencies.filter(
            ({ distanceMiles }) =>
              radius === undefined || (distanceMiles !== null && distanceMiles <= radius),
          ),
        }
      },
    ),
  )
  router.get(
    '/options/:kind',
    answers.to('listTripOptions', allRoles, async ({ params }: Call) => ({
      data: tripOptions[params.kind as TripOption],
    })),
  )
  router.post(
    '/calculate-distance',
    answers.to(
      'calculateDistance',
      allRoles,
      async ({ body }: Call<{ readonly origin: Place; readonly destination: Place }>) => {
        const distanceMiles = toDistanceMiles(await locate(body.origin), await locate(body.destination))
        return { data: { distanceMiles, estimatedTripTimeMinutes: toMinutes(distanceMiles) } }
      },
    ),
  )

  router.get(
    '/:id/with-responses',
    answers.to('getTripWithResponses', allRoles, async ({ account, params }: Call) => {
      const trip = await fetchTrip(prisma, account, params.id as string)
      const ofAgency = account.domain === 'EMS' ? { agencyId: account.agencyId as string } : {}
      const responses = await fetchResponses(prisma, { where: { tripId: trip.id, ...ofAgency } })
      const { isRecorded: _, ...collecting } = await fetchResponseFields(prisma, trip.id)
      return { data: { trip, collecting, responses } }
    }),
  )
  router.get(
    '/:id/response-summary',
    answers.to('summarizeTripResponses', allRoles, async ({ account, params }: Call) => {
      const trip = await fetchTrip(prisma, account, params.id as string)
      return { data: await summarizeResponses(prisma, trip.id) }
    }),
  )
  router.put(
    '/:id/response-fields',
    answers.to(
      'setTripResponseFields',
      requesters,
      async ({ account, params, body }: Call<ResponseFieldsChange>) => {
        const trip = await fetchTrip(prisma, account, params.id as string)
        return { data: await writeResponseFields(prisma, trip, body) }
      },
    ),
  )
  return router

  async function locate({ facilityId, latitude, longitude }: Place) {
    if (latitude !== undefined && longitude !== undefined) return { latitude, longitude }
    const facility = await prisma.facility.findUnique({
      where: { id: facilityId as string },
      select: { latitude: true, longitude: true },
    })
    const place = facility && toCoordinates(facility)
    if (!place) throw new ApiError('unprocessable', 'There is no such facility, or nobody knows where it is.')
    return place
  }
}
