import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { allRoles, answersOf, centerRoles } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'
import { type SiteQuery, toSiteFilter } from '../site-filter.ts'

/** A facility as the control center describes it. */
interface FacilityInput {
  readonly name: string
  readonly type: string
  readonly address: string
  readonly city: string
  readonly state: string
  readonly zipCode: string
  readonly region: string
  readonly capabilities?: string[]
  readonly phone?: string | null
  readonly email?: string | null
  readonly latitude?: number | null
  readonly longitude?: number | null
  readonly operatingHours?: string | null
  readonly isActive?: boolean
  readonly requiresReview?: boolean
}

/** `/api/tcc/facilities`: places where transports start and end. A place added here is a facility, not a hospital. */
export function facilityRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to<unknown, SiteQuery & PageQuery>('listFacilities', allRoles, async ({ query }) => {
      const where = toSiteFilter(query)
      const orderBy = [{ name: 'asc' as const }, { id: 'asc' as const }]
      const [data, total] = await prisma.$transaction([
        prisma.facility.findMany({ where, orderBy, ...toPage(query) }),
        prisma.facility.count({ where }),
      ])
      return { data, pagination: toPagination(query, total) }
    }),
  )

  router.post(
    '/',
    answers.to<FacilityInput, unknown>(
      'createFacility',
      centerRoles,
      async ({ body }) => ({ data: await prisma.facility.create({ data: body }) }),
      201,
    ),
  )

  router.get(
    '/:id',
    answers.to('getFacility', allRoles, async ({ params }) => {
      const data = await prisma.facility.findUnique({ where: { id: params.id as string } })
      if (!data) throw new ApiError('not-found', 'There is no such facility.')
      return { data }
    }),
  )

  router.put(
    '/:id',
    answers.to<Partial<FacilityInput>, unknown>('updateFacility', centerRoles, async ({ params, body }) => ({
      data: await prisma.facility.update({ where: { id: params.id as string }, data: body }),
    })),
  )

  router.delete(
    '/:id',
    answers.to('deactivateFacility', centerRoles, async ({ params }) => {
      // Trips keep their origin and destination, so the row stays.
      await prisma.facility.update({ where: { id: params.id as string }, data: { isActive: false } })
      return { message: 'Facility deactivated' }
    }),
  )
  return router
}
