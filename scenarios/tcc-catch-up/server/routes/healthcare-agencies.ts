import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { fetchOwnerId } from '../healthcare/fetch-owner-id.ts'
import { fetchHomeOf, toReachable } from '../healthcare/reachable-agencies.ts'
import { answersOf } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'

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

const isAvailable = { availabilityStatus: { path: ['isAvailable'], equals: true } }

/** `/api/healthcare/agencies`: the agencies that a facility works with, and which of them it prefers. */
export function healthcareAgencyRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

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
    answers.to<unknown, { tripId: string; mode: 'PREFERRED' | 'GEOGRAPHIC' | 'HYBRID'; radius: number }>(
      'listTripAgencies',
      ['HEALTHCARE'],
      async ({ account, query: { tripId, mode, radius } }) => {
        const ownerId = await fetchOwnerId(prisma, account)
        const trip = await prisma.transportRequest.findFirst({
          where: { id: tripId, healthcareCreatedById: { in: [ownerId, account.id] } },
          select: { healthcareLocation: { select: { latitude: true, longitude: true } } },
        })
        if (!trip) throw new ApiError('not-found', 'There is no such trip.')
        const preferences = await prisma.healthcareAgencyPreference.findMany({
          where: { healthcareUserId: ownerId },
          select: { agencyId: true, isPreferred: true },
        })
        const preferred = new Set(
          preferences.filter(({ isPreferred }) => isPreferred).map(({ agencyId }) => agencyId),
        )
        const { latitude = null, longitude = null } = trip.healthcareLocation ?? {}
        const home =
          latitude !== null && longitude !== null
            ? { latitude, longitude }
            : await fetchHomeOf(prisma, ownerId)
        const usable = await prisma.eMSAgency.findMany({
          where: { isActive: true, acceptsNotifications: true },
          orderBy: [{ name: 'asc' }, { id: 'asc' }],
        })
        const near = new Set(toReachable(usable, home, radius).map(({ id }) => id))
        const wanted = (id: string) =>
          (mode !== 'GEOGRAPHIC' && preferred.has(id)) || (mode !== 'PREFERRED' && near.has(id))
        const agencies = toReachable(usable, home, null)
          .filter(({ id }) => wanted(id))
          .map((agency) => ({ ...agency, isPreferred: preferred.has(agency.id) }))
        return {
          data: {
            agencies,
            preferredCount: agencies.filter(({ isPreferred }) => isPreferred).length,
            geographicCount: agencies.filter(({ id }) => near.has(id)).length,
            userAgenciesCount: preferences.length,
          },
        }
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
