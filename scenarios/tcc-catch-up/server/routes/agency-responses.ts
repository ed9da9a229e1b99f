import { Router } from 'express'
import type { Prisma } from '../../../../generated/tcc-client/client.ts'
import type { Account } from '../auth/accounts.ts'
import { agencyOf } from '../auth/agency-of.ts'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { allRoles, answersOf, type Call, type Role } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'
import {
  fetchResponses,
  type ResponseInput,
  respond,
  selectResponse,
  summarizeResponses,
} from '../trips/agency-responses.ts'
import { assertUnit } from '../trips/change-status.ts'
import { assertAgencies } from '../trips/create-trip.ts'
import { fetchTrip } from '../trips/fetch-trips.ts'
import { fetchVisible } from '../trips/visible-trips.ts'

interface NewResponse extends ResponseInput {
  readonly tripId: string
  readonly agencyId?: string
}

interface ListQuery extends PageQuery {
  readonly tripId?: string
  readonly agencyId?: string
  readonly response?: string
  readonly isSelected?: boolean
  readonly dateFrom?: string
  readonly dateTo?: string
}

const responders: readonly Role[] = ['ADMIN', 'USER', 'EMS']
const deciders: readonly Role[] = ['ADMIN', 'USER', 'HEALTHCARE']

/** `/api/agency-responses`: agencies accept or decline requests, and the requesting side selects one of them. */
export function agencyResponseRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.post(
    '/',
    answers.to(
      'createAgencyResponse',
      responders,
      async ({ account, body }: Call<NewResponse>) => {
        const { tripId, agencyId: named, ...input } = body
        const agencyId = await toResponder(account, named)
        const trip = await fetchTrip(prisma, account, tripId).catch((error: unknown) => {
          // In the body, a trip that isn't there is something else than in the path.
          if (!(error instanceof ApiError) || error.code !== 'not-found') throw error
          throw new ApiError('unprocessable', 'There is no such trip.')
        })
        const id = await respond(prisma, trip, agencyId, input)
        return { message: 'Response recorded', data: await fetchResponse(account, id) }
      },
      201,
    ),
  )
  router.get(
    '/',
    answers.to('listAgencyResponses', allRoles, async ({ account, query }: Call<unknown, ListQuery>) => {
      const { tripId, agencyId, response, isSelected, dateFrom, dateTo } = query
      const where: Prisma.AgencyResponseWhereInput = {
        AND: [
          await fetchVisibleResponses(account),
          tripId === undefined ? {} : { tripId },
          agencyId === undefined ? {} : { agencyId },
          response === undefined ? {} : { response },
          isSelected === undefined ? {} : { isSelected },
          { responseTimestamp: { ...(dateFrom && { gte: dateFrom }), ...(dateTo && { lte: dateTo }) } },
        ],
      }
      const total = await prisma.agencyResponse.count({ where })
      const data = await fetchResponses(prisma, { where, ...toPage(query) })
      return { data, pagination: toPagination(query, total) }
    }),
  )
  router.get(
    '/trip/:id',
    answers.to('listResponsesOfTrip', allRoles, async ({ account, params }: Call) => {
      const trip = await fetchTrip(prisma, account, params.id as string)
      const visible = await fetchVisibleResponses(account)
      return { data: await fetchResponses(prisma, { where: { AND: [{ tripId: trip.id }, visible] } }) }
    }),
  )
  router.get(
    '/summary/:id',
    answers.to('summarizeResponsesOfTrip', allRoles, async ({ account, params }: Call) => {
      const trip = await fetchTrip(prisma, account, params.id as string)
      return { data: await summarizeResponses(prisma, trip.id) }
    }),
  )
  router.get(
    '/:id',
    answers.to('getAgencyResponse', allRoles, async ({ account, params }: Call) => ({
      data: await fetchResponse(account, params.id as string),
    })),
  )
  router.put(
    '/:id',
    answers.to(
      'changeAgencyResponse',
      responders,
      async ({ account, params, body }: Call<Partial<ResponseInput>>) => {
        const { id, agencyId, isSelected, trip } = await fetchResponse(account, params.id as string)
        if (isSelected) {
          throw new ApiError('conflict', 'The response is selected: change the status of the trip.')
        }
        if (body.response && trip.status !== 'PENDING') {
          throw new ApiError('conflict', 'The trip is not open to responses any more.')
        }
        if (body.assignedUnitId) await assertUnit(prisma, agencyId, body.assignedUnitId)
        await prisma.agencyResponse.update({
          where: { id },
          data: { ...body, ...(body.response && { responseTimestamp: new Date() }) },
          select: { id: true },
        })
        return { data: await fetchResponse(account, id) }
      },
    ),
  )
  router.post(
    '/:id/select',
    answers.to(
      'selectAgencyResponse',
      deciders,
      async ({ account, params, body }: Call<{ readonly decisionNotes?: string } | undefined>) => {
        const response = await fetchResponse(account, params.id as string)
        await selectResponse(prisma, response, response.assignedUnitId, body?.decisionNotes)
        return { message: 'Response selected', data: { tripId: response.tripId, responseId: response.id } }
      },
    ),
  )
  return router

  /** The agency that responds: an agency's user responds for the own agency, the center for the one it names. */
  async function toResponder(account: Account, named: string | undefined): Promise<string> {
    if (account.domain === 'EMS') {
      const own = agencyOf(account)
      if (named === undefined || named === own) return own
      throw new ApiError('forbidden', 'An agency responds for itself only.')
    }
    if (named === undefined) throw new ApiError('unprocessable', 'Say which agency responds.')
    await assertAgencies(prisma, [named])
    return named
  }

  /** Responses that an account may see: agencies their own, facilities those to their trips. */
  async function fetchVisibleResponses(account: Account): Promise<Prisma.AgencyResponseWhereInput> {
    if (account.domain === 'EMS') return { agencyId: agencyOf(account) }
    return account.domain === 'CENTER' ? {} : { transportRequest: await fetchVisible(prisma, account) }
  }

  async function fetchResponse(account: Account, id: string) {
    const visible = await fetchVisibleResponses(account)
    const [response] = await fetchResponses(prisma, { where: { AND: [{ id }, visible] } })
    if (!response) throw new ApiError('not-found', 'There is no such response.')
    return response
  }
}
