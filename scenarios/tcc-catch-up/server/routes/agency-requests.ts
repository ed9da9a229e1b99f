import { Router } from 'express'
import { agencyOf } from '../auth/agency-of.ts'
import type { AppContext } from '../context.ts'
import { answersOf, type Call } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'
import { fetchResponses, type ResponseInput, respond } from '../trips/agency-responses.ts'
import { fetchTrip, fetchTrips } from '../trips/fetch-trips.ts'

type Details = Omit<ResponseInput, 'response'> | undefined

/** `/api/agency/transport-requests`: the requests open to an agency, and its short way to accept or reject one. */
export function agencyRequestRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/transport-requests',
    answers.to('listOpenRequests', ['EMS'], async ({ account, query }: Call<unknown, PageQuery>) => {
      const agencyId = agencyOf(account)
      const where = {
        status: 'PENDING',
        OR: [{ selectedAgencies: { isEmpty: true } }, { selectedAgencies: { has: agencyId } }],
      }
      const total = await prisma.transportRequest.count({ where })
      const requests = await fetchTrips(prisma, {
        where,
        orderBy: [{ requestTimestamp: 'asc' }, { id: 'asc' }],
        ...toPage(query),
      })
      return { requests, pagination: toPagination(query, total) }
    }),
  )
  for (const [path, operationId, response] of [
    ['/transport-requests/:id/accept', 'acceptRequest', 'ACCEPTED'],
    ['/transport-requests/:id/reject', 'rejectRequest', 'DECLINED'],
  ] as const) {
    router.post(
      path,
      answers.to(operationId, ['EMS'], async ({ account, params, body }: Call<Details>) => {
        const trip = await fetchTrip(prisma, account, params.id as string)
        const id = await respond(prisma, trip, agencyOf(account), { ...body, response })
        const [data] = await fetchResponses(prisma, { where: { id } })
        return { message: 'Response recorded', data }
      }),
    )
  }
  return router
}
