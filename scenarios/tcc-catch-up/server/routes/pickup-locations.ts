import { randomUUID } from 'node:crypto'
import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { allRoles, answersOf, type Role } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'

/** The details of a place in a house; null removes a detail. */
interface PickupDetails {
  readonly name: string
  readonly description?: string | null
  readonly contactPhone?: string | null
  readonly contactEmail?: string | null
  readonly floor?: string | null
  readonly room?: string | null
}

const editors: readonly Role[] = ['ADMIN', 'USER', 'HEALTHCARE']
const orderBy = [{ name: 'asc' as const }, { id: 'asc' as const }]

/**
 * `/api/tcc/pickup-locations`: doors, floors and desks of hospitals and healthcare locations where patients are
 * collected.
 */
export function pickupLocationRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to<unknown, PageQuery & { hospitalId?: string; includeInactive: boolean }>(
      'listPickupLocations',
      allRoles,
      async ({ query }) => {
        const where = {
          ...(query.hospitalId !== undefined && { hospitalId: query.hospitalId }),
          ...(!query.includeInactive && { isActive: true }),
        }
        const [data, total] = await prisma.$transaction([
          prisma.pickup_locations.findMany({ where, orderBy, ...toPage(query) }),
          prisma.pickup_locations.count({ where }),
        ])
        return { data, pagination: toPagination(query, total) }
      },
    ),
  )

  router.get(
    '/hospital/:hospitalId',
    answers.to<unknown, { includeInactive: boolean }>(
      'listPickupLocationsOfHospital',
      allRoles,
      async ({ params, query }) => {
        const hospitalId = params.hospitalId as string
        if (!(await isHouse(hospitalId)))
          throw new ApiError('not-found', 'There is no such hospital or location.')
        const where = { hospitalId, ...(!query.includeInactive && { isActive: true }) }
        return { data: await prisma.pickup_locations.findMany({ where, orderBy }) }
      },
    ),
  )

  router.get(
    '/:id',
    answers.to('getPickupLocation', allRoles, async ({ params }) => ({
      data: await fetchPickup(params.id as string),
    })),
  )

  router.post(
    '/',
    answers.to<PickupDetails & { hospitalId: string }, unknown>(
      'createPickupLocation',
      editors,
      async ({ body }) => {
        if (!(await isHouse(body.hospitalId))) {
          throw new ApiError('unprocessable', 'There is no such hospital or location.')
        }
        await assertNew(body.hospitalId, body.name)
        const data = { ...body, id: randomUUID(), updatedAt: new Date() }
        return { data: await prisma.pickup_locations.create({ data }) }
      },
      201,
    ),
  )

  router.put(
    '/:id',
    answers.to<Partial<PickupDetails> & { isActive?: boolean }, unknown>(
      'updatePickupLocation',
      editors,
      async ({ params, body }) => {
        const { id, hospitalId, name } = await fetchPickup(params.id as string)
        if (body.name !== undefined && body.name !== name) await assertNew(hospitalId, body.name)
        const data = { ...body, updatedAt: new Date() }
        return { data: await prisma.pickup_locations.update({ where: { id }, data }) }
      },
    ),
  )

  router.delete(
    '/:id',
    answers.to('deactivatePickupLocation', editors, async ({ params }) => {
      const { id } = await fetchPickup(params.id as string)
      await prisma.pickup_locations.update({
        where: { id },
        data: { isActive: false, updatedAt: new Date() },
      })
      return { message: 'Pickup location deactivated' }
    }),
  )

  router.delete(
    '/:id/hard',
    answers.to('deletePickupLocation', ['ADMIN'], async ({ params }) => {
      const { id } = await fetchPickup(params.id as string)
      const use = { where: { pickupLocationId: id }, select: { id: true } }
      const used = (await prisma.transportRequest.findFirst(use)) ?? (await prisma.trip.findFirst(use))
      // The foreign keys would silently take the place out of its trips.
      if (used) throw new ApiError('conflict', 'Trips refer to this pickup location. Deactivate it instead.')
      await prisma.pickup_locations.delete({ where: { id } })
      return { message: 'Pickup location deleted' }
    }),
  )

  return router

  async function fetchPickup(id: string) {
    const pickup = await prisma.pickup_locations.findUnique({ where: { id } })
    if (!pickup) throw new ApiError('not-found', 'There is no such pickup location.')
    return pickup
  }

  /**
   * Tells whether a hospitalId is the id of a hospital or of a healthcare user's location. No foreign key does it.
   */
  async function isHouse(id: string): Promise<boolean> {
    const where = { where: { id }, select: { id: true } }
    return (
      (await prisma.hospital.findUnique(where)) !== null ||
      (await prisma.healthcareLocation.findUnique(where)) !== null
    )
  }

  async function assertNew(hospitalId: string, name: string): Promise<void> {
    const known = await prisma.pickup_locations.findFirst({
      where: { hospitalId, name },
      select: { id: true },
    })
    if (known) throw new ApiError('already-exists', 'This house has a pickup location of this name already.')
  }
}
