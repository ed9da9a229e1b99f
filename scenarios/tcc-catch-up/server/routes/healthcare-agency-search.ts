import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { fetchOwnerId } from '../healthcare/fetch-owner-id.ts'
import { fetchHomeOf, toReachable } from '../healthcare/reachable-agencies.ts'
import { type DispatchMode, fetchTripAgencies } from '../healthcare/trip-agencies.ts'
import { answersOf } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'

const isAvailable = { availabilityStatus: { path: ['isAvailable'], equals: true } }

/** `/api/healthcare/agencies/…`: agencies that a facility could work with, now or for one trip. */
export function healthcareAgencySearchRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/available',
    answers.to<unknown, { radius: number | 'all' }>(
      'listAvailableAgencies',
      ['HEALTHCARE'],
      async ({ account, query }) => {
        const radiusMiles = query.radius === 'all' ? null : Number(query.radius)
        const home = await fetchHomeOf(prisma, await fetchOwnerId(prisma, account))
        const agencies = await prisma.eMSAgency.findMany({
          where: { isActive: true, ...isAvailable },
          orderBy: [{ name: 'asc' }, { id: 'asc' }],
        })
        const data = toReachable(agencies, home, radiusMiles)
        return { data, count: data.length, radiusMiles }
      },
    ),
  )

  router.get(
    '/registered/search',
    answers.to<unknown, PageQuery & { q: string }>(
      'searchRegisteredAgencies',
      ['HEALTHCARE'],
      async ({ query: { q, ...query } }) => {
        const where = { isActive: true, name: { contains: q, mode: 'insensitive' as const } }
        const [data, total] = await prisma.$transaction([
          prisma.eMSAgency.findMany({ where, orderBy: [{ name: 'asc' }, { id: 'asc' }], ...toPage(query) }),
          prisma.eMSAgency.count({ where }),
        ])
        return { data, pagination: toPagination(query, total) }
      },
    ),
  )

  router.get(
    '/trip-agencies',
    answers.to<unknown, { tripId: string; mode: DispatchMode; radius: number }>(
      'listTripAgencies',
      ['HEALTHCARE'],
      async ({ account, query: { tripId, mode, radius } }) => {
        const ownerId = await fetchOwnerId(prisma, account)
        const trip = { id: tripId, createdBy: [ownerId, account.id] }
        return { data: await fetchTripAgencies(prisma, ownerId, trip, mode, radius) }
      },
    ),
  )
  return router
}
