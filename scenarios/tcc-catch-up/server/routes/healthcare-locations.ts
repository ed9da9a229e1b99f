import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { fetchOwnerId } from '../healthcare/fetch-owner-id.ts'
import { countTripsByLocation, isUsedByTrips } from '../healthcare/trips-of-location.ts'
import { answersOf, centerRoles } from '../operation.ts'

/** A site as its facility describes it. */
interface LocationInput {
  readonly locationName: string
  readonly address: string
  readonly city: string
  readonly state: string
  readonly zipCode: string
  readonly facilityType: string
  readonly phone?: string | null
  readonly isActive?: boolean
  readonly isPrimary?: boolean
  readonly latitude?: number | null
  readonly longitude?: number | null
}

const order = [{ isPrimary: 'desc' }, { locationName: 'asc' }, { id: 'asc' }] as const

/** `/api/healthcare/locations`: the sites of a facility; the sites of all, for the control center. */
export function healthcareLocationRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  for (const [path, operationId, filter] of [
    ['/', 'listHealthcareLocations', {}],
    ['/active', 'listActiveHealthcareLocations', { isActive: true }],
  ] as const) {
    router.get(
      path,
      answers.to(operationId, ['HEALTHCARE'], async ({ account }) => {
        const healthcareUserId = await fetchOwnerId(prisma, account)
        return {
          data: await prisma.healthcareLocation.findMany({
            where: { healthcareUserId, ...filter },
            orderBy: [...order],
          }),
        }
      }),
    )
  }

  router.get(
    '/statistics',
    answers.to('getHealthcareLocationStatistics', ['HEALTHCARE'], async ({ account }) => {
      const healthcareUserId = await fetchOwnerId(prisma, account)
      const locations = await prisma.healthcareLocation.findMany({
        where: { healthcareUserId },
        orderBy: [...order],
      })
      const statisticsOf = await countTripsByLocation(
        prisma,
        locations.map(({ id }) => id),
      )
      return { data: locations.map((location) => ({ ...location, statistics: statisticsOf(location.id) })) }
    }),
  )

  router.get(
    '/all',
    answers.to('listAllHealthcareLocations', centerRoles, async () => ({
      data: await prisma.healthcareLocation.findMany({
        include: { healthcareUser: { select: { id: true, email: true, name: true, facilityName: true } } },
        orderBy: [{ locationName: 'asc' }, { id: 'asc' }],
      }),
    })),
  )

  router.post(
    '/',
    answers.to<LocationInput, unknown>(
      'createHealthcareLocation',
      ['HEALTHCARE'],
      async ({ account, body }) => {
        const healthcareUserId = await fetchOwnerId(prisma, account)
        const data = await prisma.$transaction(async (tx) => {
          if (body.isPrimary) {
            await tx.healthcareLocation.updateMany({
              where: { healthcareUserId },
              data: { isPrimary: false },
            })
          }
          return tx.healthcareLocation.create({ data: { ...body, healthcareUserId } })
        })
        return { data }
      },
      201,
    ),
  )

  router.get(
    '/:id',
    answers.to('getHealthcareLocation', ['HEALTHCARE'], async ({ account, params }) => {
      const healthcareUserId = await fetchOwnerId(prisma, account)
      return { data: await fetchLocation({ id: params.id as string, healthcareUserId }) }
    }),
  )

  router.put(
    '/:id',
    answers.to<Partial<LocationInput>, unknown>(
      'updateHealthcareLocation',
      ['HEALTHCARE'],
      async ({ account, params, body }) => {
        const healthcareUserId = await fetchOwnerId(prisma, account)
        const { id } = await fetchLocation({ id: params.id as string, healthcareUserId })
        return { data: await updateLocation(id, healthcareUserId, body) }
      },
    ),
  )

  router.put(
    '/:id/set-primary',
    answers.to('setPrimaryHealthcareLocation', ['HEALTHCARE'], async ({ account, params }) => {
      const healthcareUserId = await fetchOwnerId(prisma, account)
      const { id } = await fetchLocation({ id: params.id as string, healthcareUserId })
      return { data: await updateLocation(id, healthcareUserId, { isPrimary: true }) }
    }),
  )

  router.put(
    '/:id/admin',
    answers.to<Partial<LocationInput>, unknown>(
      'updateHealthcareLocationAsAdmin',
      ['ADMIN'],
      async ({ params, body }) => {
        const { id, healthcareUserId } = await fetchLocation({ id: params.id as string })
        return { data: await updateLocation(id, healthcareUserId, body) }
      },
    ),
  )

  router.delete(
    '/:id',
    answers.to('deleteHealthcareLocation', ['HEALTHCARE'], async ({ account, params }) => {
      const healthcareUserId = await fetchOwnerId(prisma, account)
      const { id } = await fetchLocation({ id: params.id as string, healthcareUserId })
      // The foreign key would silently take the location out of its trips.
      if (await isUsedByTrips(prisma, id)) {
        throw new ApiError('conflict', 'Trips refer to this location. Deactivate it instead.')
      }
      await prisma.healthcareLocation.delete({ where: { id } })
      return { message: 'Location deleted' }
    }),
  )

  return router

  async function fetchLocation(where: { id: string; healthcareUserId?: string }) {
    const location = await prisma.healthcareLocation.findFirst({ where })
    if (!location) throw new ApiError('not-found', 'There is no such location.')
    return location
  }

  /** Updates a location. At most one location of a facility is primary: a new primary one replaces the former. */
  function updateLocation(id: string, healthcareUserId: string, data: Partial<LocationInput>) {
    return prisma.$transaction(async (tx) => {
      if (data.isPrimary) {
        await tx.healthcareLocation.updateMany({
          where: { healthcareUserId, id: { not: id } },
          data: { isPrimary: false },
        })
      }
      return tx.healthcareLocation.update({ where: { id }, data })
    })
  }
}
