import { randomUUID } from 'node:crypto'
import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { answersOf, centerRoles } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'
import { toPlainRow } from '../plain-row.ts'

/** Figures of a pair of trips, in dollars and percent. */
interface BackhaulFigures {
  readonly revenueBonus?: number | null
  readonly efficiency?: number | null
  readonly isActive?: boolean
}

/** `/api/tcc/backhaul-opportunities`: pairs of trips that one vehicle could serve without an empty return. */
export function backhaulOpportunityRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to<unknown, PageQuery & { tripId?: string; isActive?: boolean }>(
      'listBackhaulOpportunities',
      centerRoles,
      async ({ query: { tripId, isActive, ...query } }) => {
        const where = {
          ...(tripId !== undefined && { OR: [{ tripId1: tripId }, { tripId2: tripId }] }),
          ...(isActive !== undefined && { isActive }),
        }
        const orderBy = [{ createdAt: 'desc' as const }, { id: 'asc' as const }]
        const [rows, total] = await prisma.$transaction([
          prisma.backhaul_opportunities.findMany({ where, orderBy, ...toPage(query) }),
          prisma.backhaul_opportunities.count({ where }),
        ])
        return { data: rows.map(toPlainRow), pagination: toPagination(query, total) }
      },
    ),
  )

  router.post(
    '/',
    answers.to<BackhaulFigures & { tripId1: string; tripId2: string }, unknown>(
      'createBackhaulOpportunity',
      centerRoles,
      async ({ body }) => {
        if (body.tripId1 === body.tripId2) throw new ApiError('unprocessable', 'A pair is of two trips.')
        await assertTrips([body.tripId1, body.tripId2])
        const row = await prisma.backhaul_opportunities.create({ data: { ...body, id: randomUUID() } })
        return { data: toPlainRow(row) }
      },
      201,
    ),
  )

  router.get(
    '/:id',
    answers.to('getBackhaulOpportunity', centerRoles, async ({ params }) => {
      const row = await prisma.backhaul_opportunities.findUnique({ where: { id: params.id as string } })
      if (!row) throw new ApiError('not-found', 'There is no such opportunity.')
      return { data: toPlainRow(row) }
    }),
  )

  router.put(
    '/:id',
    answers.to<BackhaulFigures, unknown>(
      'updateBackhaulOpportunity',
      centerRoles,
      async ({ params, body }) => ({
        data: toPlainRow(
          await prisma.backhaul_opportunities.update({ where: { id: params.id as string }, data: body }),
        ),
      }),
    ),
  )

  router.delete(
    '/:id',
    answers.to('deleteBackhaulOpportunity', centerRoles, async ({ params }) => {
      await prisma.backhaul_opportunities.delete({ where: { id: params.id as string } })
      return { message: 'Opportunity deleted' }
    }),
  )

  return router

  /** Asserts that both trips exist, recorded or requested. No foreign key does it. */
  async function assertTrips(ids: readonly string[]): Promise<void> {
    const query = { where: { id: { in: [...ids] } }, select: { id: true } }
    const [recorded, requested] = await prisma.$transaction([
      prisma.trip.findMany(query),
      prisma.transportRequest.findMany(query),
    ])
    const known = new Set([...recorded, ...requested].map(({ id }) => id))
    if (!ids.every((id) => known.has(id))) throw new ApiError('unprocessable', 'There is no such trip.')
  }
}
