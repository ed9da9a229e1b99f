import { Router } from 'express'
import type { Prisma } from '../../../../generated/tcc-client/client.ts'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { allRoles, answersOf, type Call, type Role } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'
import { changeStatus, type StatusChange } from '../trips/change-status.ts'
import {
  createFacilityTrip,
  createPlaceTrip,
  type FacilityRequest,
  type PlaceRequest,
} from '../trips/create-trip.ts'
import { type Dispatch, dispatchTrip } from '../trips/dispatch-trip.ts'
import { fetchTrip, fetchTrips } from '../trips/fetch-trips.ts'
import type { ResponseFieldsChange } from '../trips/trip-record.ts'
import { fetchVisible } from '../trips/visible-trips.ts'
import { tripInfoRoutes } from './trip-info.ts'
import { tripNotificationRoutes } from './trip-notifications.ts'

interface ListQuery extends PageQuery {
  readonly status?: string
  readonly transportLevel?: string
  readonly priority?: string
  readonly agencyId?: string
}

interface HistoryQuery extends PageQuery {
  readonly from?: string
  readonly to?: string
}

interface Times {
  readonly transferAcceptedTime?: string
  readonly emsArrivalTime?: string
  readonly emsDepartureTime?: string
}

const requesters: readonly Role[] = ['ADMIN', 'USER', 'HEALTHCARE']
const newestFirst: Prisma.TransportRequestOrderByWithRelationInput[] = [{ createdAt: 'desc' }, { id: 'asc' }]

/** `/api/trips`: transport requests from creation over dispatch to completion. */
export function tripRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.post(
    '/',
    answers.to(
      'createTrip',
      requesters,
      async ({ account, body }: Call<FacilityRequest>) => {
        const id = await createFacilityTrip(prisma, account, body)
        return { data: await fetchTrip(prisma, account, id) }
      },
      201,
    ),
  )
  router.post(
    '/enhanced',
    answers.to(
      'createEnhancedTrip',
      requesters,
      async ({ account, body }: Call<PlaceRequest>) => {
        const id = await createPlaceTrip(prisma, account, body)
        return { data: await fetchTrip(prisma, account, id) }
      },
      201,
    ),
  )
  router.post(
    '/with-responses',
    answers.to(
      'createTripWithResponses',
      requesters,
      async ({ account, body }: Call<PlaceRequest & ResponseFieldsChange>) => {
        const { selectionMode, maxResponses, responseDeadline, ...request } = body
        if (selectionMode !== 'BROADCAST' && !request.selectedAgencies?.length) {
          throw new ApiError('unprocessable', 'Select agencies, or broadcast the trip.')
        }
        const collecting = {
          selectionMode: selectionMode ?? 'SPECIFIC_AGENCIES',
          ...(maxResponses !== undefined && { maxResponses }),
          ...(responseDeadline !== undefined && { responseDeadline }),
        }
        const id = await createPlaceTrip(prisma, account, { ...request, status: 'PENDING' }, collecting)
        return { data: await fetchTrip(prisma, account, id) }
      },
      201,
    ),
  )

  router.get(
    '/',
    answers.to('listTrips', allRoles, async ({ account, query }: Call<unknown, ListQuery>) => {
      const { status, transportLevel, priority, agencyId } = query
      const where: Prisma.TransportRequestWhereInput = {
        AND: [
          await fetchVisible(prisma, account),
          status === undefined ? {} : { status: { in: status.split(',') } },
          transportLevel === undefined ? {} : { transportLevel },
          priority === undefined ? {} : { priority },
          agencyId === undefined ? {} : { assignedAgencyId: agencyId },
        ],
      }
      const total = await prisma.transportRequest.count({ where })
      const data = await fetchTrips(prisma, { where, orderBy: newestFirst, ...toPage(query) })
      return { data, pagination: toPagination(query, total) }
    }),
  )
  router.get(
    '/history',
    answers.to('listTripHistory', allRoles, async ({ account, query }: Call<unknown, HistoryQuery>) => {
      const { from, to } = query
      const where: Prisma.TransportRequestWhereInput = {
        AND: [
          await fetchVisible(prisma, account),
          { status: { in: ['COMPLETED', 'HEALTHCARE_COMPLETED', 'CANCELLED'] } },
          { requestTimestamp: { ...(from && { gte: from }), ...(to && { lte: to }) } },
        ],
      }
      const total = await prisma.transportRequest.count({ where })
      const data = await fetchTrips(prisma, { where, orderBy: newestFirst, ...toPage(query) })
      return { data, pagination: toPagination(query, total) }
    }),
  )
  // Paths with a word in the place of an id come before those with an id.
  router.use(tripInfoRoutes(context))
  router.use(tripNotificationRoutes(context))
  router.get(
    '/:id',
    answers.to('getTrip', allRoles, async ({ account, params }: Call) => ({
      data: await fetchTrip(prisma, account, params.id as string),
    })),
  )

  router.put(
    '/:id/status',
    answers.to('changeTripStatus', allRoles, async ({ account, params, body }: Call<StatusChange>) => {
      const trip = await fetchTrip(prisma, account, params.id as string)
      await changeStatus(prisma, account, trip, body)
      return { message: 'Status changed', data: await fetchTrip(prisma, account, trip.id) }
    }),
  )
  router.post(
    '/:id/dispatch',
    answers.to('dispatchTrip', requesters, async ({ account, params, body }: Call<Dispatch>) => {
      const trip = await fetchTrip(prisma, account, params.id as string)
      return { message: 'Dispatched', data: await dispatchTrip(prisma, trip, body) }
    }),
  )
  router.post(
    '/:id/authorize',
    answers.to('authorizeTrip', requesters, async ({ account, params }: Call) => {
      const trip = await fetchTrip(prisma, account, params.id as string)
      if (!trip.scheduledTime || trip.scheduledTime < new Date()) {
        throw new ApiError('conflict', 'Only a trip that is scheduled for the future is authorized.')
      }
      const { count } = await prisma.transportRequest.updateMany({
        where: { id: trip.id, status: { in: ['PENDING', 'PENDING_DISPATCH'] } },
        data: { status: 'PENDING_DISPATCH' },
      })
      if (count === 0) throw new ApiError('conflict', 'The trip is under way or over.')
      return { message: 'Authorized', data: await fetchTrip(prisma, account, trip.id) }
    }),
  )
  router.put(
    '/:id/times',
    answers.to('setTripTimes', allRoles, async ({ account, params, body }: Call<Times>) => {
      const trip = await fetchTrip(prisma, account, params.id as string)
      if (account.domain === 'EMS' && trip.assignedAgencyId !== account.agencyId) {
        throw new ApiError('forbidden', 'This trip is not assigned to your agency.')
      }
      const { transferAcceptedTime, emsArrivalTime, emsDepartureTime } = body
      await prisma.transportRequest.update({
        where: { id: trip.id },
        data: {
          ...(transferAcceptedTime && { acceptedTimestamp: transferAcceptedTime }),
          ...(emsArrivalTime && { arrivalTimestamp: emsArrivalTime }),
          ...(emsDepartureTime && { departureTimestamp: emsDepartureTime }),
        },
        select: { id: true },
      })
      return { data: await fetchTrip(prisma, account, trip.id) }
    }),
  )
  router.put(
    '/:id/assign-unit',
    answers.to('assignUnit', allRoles, async () => {
      throw new ApiError('gone', 'Assign units with the status of the trip or with a response.')
    }),
  )
  return router
}
