import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { fetchOwnerId } from '../healthcare/fetch-owner-id.ts'
import { answersOf } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'
import { healthcareAgencySearchRoutes } from './healthcare-agency-search.ts'

/** An agency as a facility describes it. */
interface AgencyInput {
  readonly name: string
  readonly contactName: string
  readonly phone: string
  readonly email: string
  readonly address: string
  readonly city: string
  readonly state: string
  readonly zipCode: string
  readonly capabilities: string[]
  readonly serviceArea?: string[]
  readonly latitude?: number | null
  readonly longitude?: number | null
  readonly serviceRadius?: number | null
}

interface AgencyQuery extends PageQuery {
  readonly search?: string
  readonly city?: string
  readonly state?: string
  readonly isPreferred?: boolean
}

/** `/api/healthcare/agencies`: the agencies that a facility works with, and those it prefers. */
export function healthcareAgencyRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()
  // Its paths are words where an id could stand.
  router.use(healthcareAgencySearchRoutes(context))

  router.get(
    '/',
    answers.to<unknown, AgencyQuery>(
      'listHealthcareAgencies',
      ['HEALTHCARE'],
      async ({ account, query: { search, city, state, isPreferred, ...query } }) => {
        const where = {
          healthcareUserId: await fetchOwnerId(prisma, account),
          ...(isPreferred !== undefined && { isPreferred }),
          agency: {
            ...(search !== undefined && { name: { contains: search, mode: 'insensitive' as const } }),
            ...(city !== undefined && { city }),
            ...(state !== undefined && { state }),
          },
        }
        const [preferences, total] = await prisma.$transaction([
          prisma.healthcareAgencyPreference.findMany({
            where,
            select: { isPreferred: true, agency: true },
            orderBy: [{ isPreferred: 'desc' }, { agency: { name: 'asc' } }, { id: 'asc' }],
            ...toPage(query),
          }),
          prisma.healthcareAgencyPreference.count({ where }),
        ])
        const data = preferences.map(({ agency, isPreferred }) => ({ ...agency, isPreferred }))
        return { data, pagination: toPagination(query, total) }
      },
    ),
  )

  router.post(
    '/',
    answers.to<AgencyInput & { isPreferred?: boolean }, unknown>(
      'createHealthcareAgency',
      ['HEALTHCARE'],
      async ({ account, body: { isPreferred = false, ...agency } }) => {
        const healthcareUserId = await fetchOwnerId(prisma, account)
        const created = await prisma.eMSAgency.create({
          data: {
            ...agency,
            addedBy: healthcareUserId,
            healthcarePreferences: { create: { healthcareUserId, isPreferred } },
          },
        })
        return { data: { ...created, isPreferred } }
      },
      201,
    ),
  )

  router.post(
    '/add-existing',
    answers.to<{ agencyId: string; isPreferred?: boolean }, unknown>(
      'addExistingAgency',
      ['HEALTHCARE'],
      async ({ account, body: { agencyId, isPreferred = false } }) => {
        const healthcareUserId = await fetchOwnerId(prisma, account)
        const agency = await prisma.eMSAgency.findUnique({
          where: { id: agencyId, isActive: true },
          select: { id: true },
        })
        if (!agency) throw new ApiError('unprocessable', 'There is no such active agency.')
        const pair = { healthcareUserId, agencyId }
        const known = await prisma.healthcareAgencyPreference.findUnique({
          where: { healthcareUserId_agencyId: pair },
        })
        if (known) throw new ApiError('already-exists', 'This agency is already one of yours.')
        return { data: await prisma.healthcareAgencyPreference.create({ data: { ...pair, isPreferred } }) }
      },
      201,
    ),
  )

  router.patch(
    '/:id/preferred',
    answers.to<{ isPreferred: boolean }, unknown>(
      'setAgencyPreferred',
      ['HEALTHCARE'],
      async ({ account, params, body: { isPreferred } }) => {
        const { id } = await fetchRelation(await fetchOwnerId(prisma, account), params.id as string)
        return {
          data: await prisma.healthcareAgencyPreference.update({ where: { id }, data: { isPreferred } }),
        }
      },
    ),
  )

  router.get(
    '/:id',
    answers.to('getHealthcareAgency', ['HEALTHCARE'], async ({ account, params }) => {
      const { agency, isPreferred } = await fetchRelation(
        await fetchOwnerId(prisma, account),
        params.id as string,
      )
      return { data: { ...agency, isPreferred } }
    }),
  )

  router.put(
    '/:id',
    answers.to<Partial<AgencyInput>, unknown>(
      'updateHealthcareAgency',
      ['HEALTHCARE'],
      async ({ account, params, body }) => {
        const ownerId = await fetchOwnerId(prisma, account)
        const { agency, isPreferred } = await fetchRelation(ownerId, params.id as string)
        if (agency.addedBy !== ownerId) {
          throw new ApiError('forbidden', 'Only whoever added an agency may change it.')
        }
        const changed = await prisma.eMSAgency.update({ where: { id: agency.id }, data: body })
        return { data: { ...changed, isPreferred } }
      },
    ),
  )

  router.delete(
    '/:id',
    answers.to('removeHealthcareAgency', ['HEALTHCARE'], async ({ account, params }) => {
      const { id } = await fetchRelation(await fetchOwnerId(prisma, account), params.id as string)
      await prisma.healthcareAgencyPreference.delete({ where: { id } })
      return { message: 'Agency removed from yours' }
    }),
  )

  return router

  async function fetchRelation(healthcareUserId: string, agencyId: string) {
    const relation = await prisma.healthcareAgencyPreference.findUnique({
      where: { healthcareUserId_agencyId: { healthcareUserId, agencyId } },
      include: { agency: true },
    })
    if (!relation) throw new ApiError('not-found', 'There is no such agency among yours.')
    return relation
  }
}
