import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { toCoordinates } from '../distance.ts'
import { ApiError } from '../errors.ts'
import { answersOf } from '../operation.ts'

interface Address {
  readonly address: string
  readonly city: string
  readonly state: string
  readonly zipCode?: string
}

/** `/api/public`: what the registration forms need before anybody is logged in. */
export function publicRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/categories',
    answers.toAnyone('listPublicCategories', async () => {
      const categories = await prisma.dropdownOption.findMany({
        where: { isActive: true },
        distinct: ['category'],
        select: { category: true },
        orderBy: { category: 'asc' },
      })
      return { data: categories.map(({ category }) => category) }
    }),
  )

  router.get(
    '/hospitals',
    answers.toAnyone('listPublicHospitals', async () => ({
      data: await prisma.hospital.findMany({
        where: { isActive: true },
        select: { id: true, name: true, address: true, city: true, state: true, zipCode: true, type: true },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      }),
    })),
  )

  router.post(
    '/geocode',
    answers.toAnyone<Address, unknown>('geocodeAddress', async ({ body }) => {
      // No service outside is asked: known are the addresses of hospitals and agencies whose coordinates are stored.
      const query = {
        where: {
          address: { equals: body.address, mode: 'insensitive' as const },
          city: { equals: body.city, mode: 'insensitive' as const },
          state: { equals: body.state, mode: 'insensitive' as const },
          ...(body.zipCode !== undefined && { zipCode: body.zipCode }),
          isActive: true,
          latitude: { not: null },
          longitude: { not: null },
        },
        select: { latitude: true, longitude: true },
        orderBy: { id: 'asc' as const },
      }
      const place = (await prisma.hospital.findFirst(query)) ?? (await prisma.eMSAgency.findFirst(query))
      const data = place && toCoordinates(place)
      if (!data) throw new ApiError('not-found', 'The coordinates of this address are not known.')
      return { data }
    }),
  )
  return router
}
