import { Router } from 'express'
import type { Account } from '../auth/accounts.ts'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { fetchOwnerId } from '../healthcare/fetch-owner-id.ts'
import { answersOf } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'

/** A place as its facility describes it. */
interface DestinationInput {
  readonly name: string
  readonly type: string
  readonly address: string
  readonly city: string
  readonly state: string
  readonly zipCode: string
  readonly phone?: string | null
  readonly email?: string | null
  readonly contactName?: string | null
  readonly latitude?: number | null
  readonly longitude?: number | null
  readonly isActive?: boolean
  readonly notes?: string | null
}

interface DestinationQuery extends PageQuery {
  readonly type?: string
  readonly search?: string
  readonly includeInactive: boolean
}

/** `/api/healthcare/destinations`: places to which a facility often sends patients. */
export function healthcareDestinationRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to<unknown, DestinationQuery>(
      'listHealthcareDestinations',
      ['HEALTHCARE'],
      async ({ account, query: { type, search, includeInactive, ...query } }) => {
        const page = toPage(query)
        const where = {
          healthcareUserId: await fetchOwnerId(prisma, account),
          ...(!includeInactive && { isActive: true }),
          ...(type !== undefined && { type }),
          ...(search !== undefined && { name: { contains: search, mode: 'insensitive' as const } }),
        }
        const orderBy = [{ name: 'asc' as const }, { id: 'asc' as const }]
        const [data, total] = await prisma.$transaction([
          prisma.healthcareDestination.findMany({ where, orderBy, ...page }),
          prisma.healthcareDestination.count({ where }),
        ])
        return { data, pagination: toPagination(query, total) }
      },
    ),
  )

  router.post(
    '/',
    answers.to<DestinationInput, unknown>(
      'createHealthcareDestination',
      ['HEALTHCARE'],
      async ({ account, body }) => {
        const healthcareUserId = await fetchOwnerId(prisma, account)
        const data = await prisma.healthcareDestination.create({ data: { ...body, healthcareUserId } })
        return { message: 'Destination created', data }
      },
      201,
    ),
  )

  router.get(
    '/:id',
    answers.to('getHealthcareDestination', ['HEALTHCARE'], async ({ account, params }) => ({
      data: await fetchDestination(account, params.id as string),
    })),
  )

  router.put(
    '/:id',
    answers.to<Partial<DestinationInput>, unknown>(
      'updateHealthcareDestination',
      ['HEALTHCARE'],
      async ({ account, params, body }) => {
        const { id } = await fetchDestination(account, params.id as string)
        const data = await prisma.healthcareDestination.update({ where: { id }, data: body })
        return { message: 'Destination updated', data }
      },
    ),
  )

  router.delete(
    '/:id',
    answers.to('deactivateHealthcareDestination', ['HEALTHCARE'], async ({ account, params }) => {
      const { id } = await fetchDestination(account, params.id as string)
      await prisma.healthcareDestination.update({ where: { id }, data: { isActive: false } })
      return { message: 'Destination deactivated' }
    }),
  )

  return router

  async function fetchDestination(account: Account, id: string) {
    const healthcareUserId = await fetchOwnerId(prisma, account)
    const destination = await prisma.healthcareDestination.findFirst({ where: { id, healthcareUserId } })
    if (!destination) throw new ApiError('not-found', 'There is no such destination.')
    return destination
  }
}
