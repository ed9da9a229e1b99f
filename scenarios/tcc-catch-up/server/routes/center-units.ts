import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { allRoles, answersOf, type Call, centerRoles } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'

/** The columns that units have had from the beginning. */
const select = {
  id: true,
  agencyId: true,
  unitNumber: true,
  type: true,
  currentStatus: true,
  currentLocation: true,
  capabilities: true,
  isActive: true,
  createdAt: true,
  updatedAt: true,
} as const

/** `/api/tcc/units`: the center's view of all units. `/api/units` changes them. */
export function centerUnitRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to('listCenterUnits', centerRoles, async ({ query }: Call<unknown, PageQuery>) =>
      fetchPage(query, {}),
    ),
  )
  router.get(
    '/:id',
    answers.to(
      'listCenterUnitsOfAgency',
      centerRoles,
      async ({ params, query }: Call<unknown, PageQuery>) => {
        const agencyId = params.id as string
        const agency = await prisma.eMSAgency.findUnique({ where: { id: agencyId }, select: { id: true } })
        if (!agency) throw new ApiError('not-found', 'There is no such agency.')
        return fetchPage(query, { agencyId })
      },
    ),
  )
  for (const [method, operationId] of [
    ['put', 'updateCenterUnit'],
    ['delete', 'deleteCenterUnit'],
  ] as const) {
    router[method](
      '/:id',
      answers.to(operationId, allRoles, async () => {
        throw new ApiError('gone', 'Units are changed at /api/units.')
      }),
    )
  }
  return router

  async function fetchPage(query: PageQuery, where: { readonly agencyId?: string }) {
    const total = await prisma.unit.count({ where })
    const data = await prisma.unit.findMany({
      where,
      select,
      orderBy: [{ agencyId: 'asc' }, { unitNumber: 'asc' }, { id: 'asc' }],
      ...toPage(query),
    })
    return { data, pagination: toPagination(query, total) }
  }
}
