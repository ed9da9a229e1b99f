import { randomUUID } from 'node:crypto'
import { Router } from 'express'
import type { Prisma } from '../../../../generated/tcc-client/client.ts'
import type { Account } from '../auth/accounts.ts'
import { agencyOf } from '../auth/agency-of.ts'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { allRoles, answersOf, type Call, type Role } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'
import { assertAgencies } from '../trips/create-trip.ts'
import { fetchUnits } from '../units/unit-view.ts'

interface UnitInput {
  readonly unitNumber: string
  readonly type: string
  readonly status?: string
  readonly currentLocation?: string
  readonly capabilities?: string[]
  readonly crewSize?: number
  readonly equipment?: string[]
  readonly latitude?: number
  readonly longitude?: number
  readonly lastMaintenance?: string
  readonly nextMaintenance?: string
  readonly isActive?: boolean
}

interface ListQuery extends PageQuery {
  readonly agencyId?: string
  readonly status?: string
  readonly isActive?: boolean
}

const keepers: readonly Role[] = ['ADMIN', 'EMS']

/** `/api/units`: units with all their columns. An agency sees and changes its own. */
export function unitRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to('listUnits', allRoles, async ({ account, query }: Call<unknown, ListQuery>) => {
      const { agencyId, status, isActive } = query
      const where = {
        AND: [
          visibleTo(account),
          agencyId === undefined ? {} : { agencyId },
          status === undefined ? {} : { status },
          isActive === undefined ? {} : { isActive },
        ],
      }
      const total = await prisma.unit.count({ where })
      return {
        data: await fetchUnits(prisma, { where, ...toPage(query) }),
        pagination: toPagination(query, total),
      }
    }),
  )
  router.get(
    '/available',
    answers.to('listAvailableUnits', allRoles, async ({ account, query }: Call<unknown, PageQuery>) => {
      const where = { ...visibleTo(account), status: 'AVAILABLE', isActive: true }
      const total = await prisma.unit.count({ where })
      return {
        data: await fetchUnits(prisma, { where, ...toPage(query) }),
        pagination: toPagination(query, total),
      }
    }),
  )
  router.get(
    '/analytics',
    answers.to('getUnitAnalytics', allRoles, async ({ account }: Call) => ({
      data: await fetchAnalytics(visibleTo(account)),
    })),
  )
  router.get(
    '/on-duty',
    answers.to('listUnitsOnDuty', allRoles, async () => {
      throw new ApiError('gone', 'Units have a status instead of a duty.')
    }),
  )
  router.patch(
    '/:id/duty',
    answers.to('setUnitDuty', allRoles, async () => {
      throw new ApiError('gone', 'Units have a status instead of a duty.')
    }),
  )
  router.get(
    '/:id',
    answers.to('getUnit', allRoles, async ({ account, params }: Call) => ({
      data: await fetchUnit(account, params.id as string),
    })),
  )
  router.post(
    '/',
    answers.to(
      'createUnit',
      keepers,
      async ({ account, body }: Call<UnitInput & { readonly agencyId?: string }>) => {
        const { agencyId: named, ...input } = body
        const agencyId = await toAgency(account, named)
        await assertNumberIsFree(agencyId, body.unitNumber)
        const { id } = await prisma.unit.create({
          data: { ...input, ...toStatus(input.status), agencyId },
          select: { id: true },
        })
        await prisma.unit_analytics.create({ data: { id: randomUUID(), unitId: id }, select: { id: true } })
        return { data: await fetchUnit(account, id) }
      },
      201,
    ),
  )
  router.put(
    '/:id',
    answers.to('updateUnit', keepers, async ({ account, params, body }: Call<Partial<UnitInput>>) => {
      const unit = await fetchUnit(account, params.id as string)
      if (body.unitNumber !== undefined && body.unitNumber !== unit.unitNumber) {
        await assertNumberIsFree(unit.agencyId, body.unitNumber)
      }
      await prisma.unit.update({
        where: { id: unit.id },
        data: { ...body, ...toStatus(body.status) },
        select: { id: true },
      })
      return { data: await fetchUnit(account, unit.id) }
    }),
  )
  router.put(
    '/:id/status',
    answers.to(
      'setUnitStatus',
      keepers,
      async ({
        account,
        params,
        body,
      }: Call<{ readonly status: string; readonly currentLocation?: string }>) => {
        const unit = await fetchUnit(account, params.id as string)
        await prisma.unit.update({
          where: { id: unit.id },
          data: { ...body, ...toStatus(body.status) },
          select: { id: true },
        })
        return { data: await fetchUnit(account, unit.id) }
      },
    ),
  )
  router.delete(
    '/:id',
    answers.to('retireUnit', keepers, async ({ account, params }: Call) => {
      const unit = await fetchUnit(account, params.id as string)
      const onTheWay = await prisma.transportRequest.count({
        where: { assignedUnitId: unit.id, status: { in: ['ACCEPTED', 'IN_PROGRESS'] } },
      })
      if (onTheWay > 0) throw new ApiError('conflict', 'The unit is on a trip.')
      // Trips go on naming the unit that drove them, so the row stays.
      await prisma.unit.update({
        where: { id: unit.id },
        data: { isActive: false, ...toStatus('OUT_OF_SERVICE') },
        select: { id: true },
      })
      return { message: 'Unit retired' }
    }),
  )
  return router

  async function fetchUnit(account: Account, id: string) {
    const [unit] = await fetchUnits(prisma, { where: { AND: [{ id }, visibleTo(account)] } })
    if (!unit) throw new ApiError('not-found', 'There is no such unit.')
    return unit
  }

  async function toAgency(account: Account, named: string | undefined): Promise<string> {
    if (account.domain === 'EMS') {
      const own = agencyOf(account)
      if (named === undefined || named === own) return own
      throw new ApiError('forbidden', 'An agency keeps its own units only.')
    }
    if (named === undefined) throw new ApiError('unprocessable', 'Say which agency the unit belongs to.')
    await assertAgencies(prisma, [named])
    return named
  }

  async function assertNumberIsFree(agencyId: string, unitNumber: string): Promise<void> {
    if ((await prisma.unit.count({ where: { agencyId, unitNumber } })) > 0) {
      throw new ApiError('already-exists', 'The agency has already a unit of this number.')
    }
  }

  async function fetchAnalytics(where: Prisma.UnitWhereInput) {
    const units = await prisma.unit.findMany({
      where,
      select: {
        status: true,
        isActive: true,
        analytics: { select: { averageResponseTime: true, efficiency: true } },
      },
    })
    const midnight = new Date()
    midnight.setUTCHours(0, 0, 0, 0)
    const totalTripsToday = await prisma.transportRequest.count({
      where: { assignedUnit: where, acceptedTimestamp: { gte: midnight } },
    })
    const countOf = (status: string) => units.filter((unit) => unit.isActive && unit.status === status).length
    return {
      totalUnits: units.length,
      activeUnits: units.filter(({ isActive }) => isActive).length,
      availableUnits: countOf('AVAILABLE'),
      outOfServiceUnits: countOf('OUT_OF_SERVICE'),
      maintenanceUnits: countOf('MAINTENANCE'),
      totalTripsToday,
      averageResponseTime: toAverage(
        units.map(({ analytics }) => analytics?.averageResponseTime?.toNumber()),
      ),
      efficiency: toAverage(units.map(({ analytics }) => analytics?.efficiency?.toNumber())),
    }
  }
}

function visibleTo(account: Account): Prisma.UnitWhereInput {
  return account.domain === 'EMS' ? { agencyId: agencyOf(account) } : {}
}

/** Writes both status columns: `status` is today's, and older readers know only `currentStatus`. */
function toStatus(status: string | undefined) {
  return status === undefined ? {} : { status, currentStatus: status, lastStatusUpdate: new Date() }
}

function toAverage(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0) return null
  return Math.round((known.reduce((sum, value) => sum + value, 0) / known.length) * 100) / 100
}
