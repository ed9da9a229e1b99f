import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { allRoles, answersOf, centerRoles } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'
import { type SiteQuery, toSiteFilter } from '../site-filter.ts'

/** A hospital as the control center describes it. */
interface HospitalInput {
  readonly name: string
  readonly address: string
  readonly city: string
  readonly state: string
  readonly zipCode: string
  readonly type: string
  readonly region: string
  readonly capabilities: string[]
  readonly phone?: string | null
  readonly email?: string | null
  readonly latitude?: number | null
  readonly longitude?: number | null
  readonly operatingHours?: string | null
  readonly isActive?: boolean
  readonly requiresReview?: boolean
}

const orderBy = [{ name: 'asc' as const }, { id: 'asc' as const }]

/** `/api/tcc/hospitals`: hospitals of the control center, which alone adds, changes and approves them. */
export function hospitalRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to<unknown, SiteQuery & PageQuery>('listHospitals', allRoles, async ({ query }) => {
      const where = toSiteFilter(query)
      const [data, total] = await prisma.$transaction([
        prisma.hospital.findMany({ where, orderBy, ...toPage(query) }),
        prisma.hospital.count({ where }),
      ])
      return { data, pagination: toPagination(query, total) }
    }),
  )

  router.get(
    '/search',
    answers.to<unknown, { q: string; limit: number }>('searchHospitals', allRoles, async ({ query }) => {
      const contains = { contains: query.q, mode: 'insensitive' as const }
      const where = { isActive: true, OR: [{ name: contains }, { city: contains }, { address: contains }] }
      return { data: await prisma.hospital.findMany({ where, orderBy, take: query.limit }) }
    }),
  )

  router.post(
    '/',
    answers.to<HospitalInput, unknown>(
      'createHospital',
      centerRoles,
      async ({ body }) => ({ data: await prisma.hospital.create({ data: body }) }),
      201,
    ),
  )

  router.get(
    '/:id',
    answers.to('getHospital', allRoles, async ({ params }) => {
      const data = await prisma.hospital.findUnique({ where: { id: params.id as string } })
      if (!data) throw new ApiError('not-found', 'There is no such hospital.')
      return { data }
    }),
  )

  router.put(
    '/:id',
    answers.to<Partial<HospitalInput>, unknown>('updateHospital', centerRoles, async ({ params, body }) => ({
      data: await prisma.hospital.update({ where: { id: params.id as string }, data: body }),
    })),
  )

  router.put(
    '/:id/approve',
    answers.to('approveHospital', ['ADMIN'], async ({ account, params }) => ({
      data: await prisma.hospital.update({
        where: { id: params.id as string },
        data: { isActive: true, requiresReview: false, approvedAt: new Date(), approvedBy: account.id },
      }),
    })),
  )

  router.put(
    '/:id/reject',
    answers.to('rejectHospital', ['ADMIN'], async ({ params }) => ({
      data: await prisma.hospital.update({
        where: { id: params.id as string },
        data: { isActive: false, requiresReview: false, approvedAt: null, approvedBy: null },
      }),
    })),
  )

  router.delete(
    '/:id',
    answers.to('deactivateHospital', centerRoles, async ({ params }) => {
      await prisma.hospital.update({ where: { id: params.id as string }, data: { isActive: false } })
      return { message: 'Hospital deactivated' }
    }),
  )
  return router
}
