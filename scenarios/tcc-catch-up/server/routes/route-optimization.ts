import { Router } from 'express'
import type { Account } from '../auth/accounts.ts'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { answersOf, type Role } from '../operation.ts'
import { fetchStart, fetchStops } from '../optimize/fetch-stops.ts'
import { fetchPerformance } from '../optimize/performance.ts'
import { toBackhaulPairs, toRoutePlan } from '../optimize/route-plan.ts'
import { ensureSettings, resetSettings, type SettingsInput, writeSettings } from '../optimize/settings.ts'

interface RouteInput {
  readonly unitId: string
  readonly requestIds: readonly string[]
}

interface AgencyChoice {
  readonly agencyId?: string
}

const planners: readonly Role[] = ['ADMIN', 'USER', 'EMS']

/** `/api/optimize`: the order of transports for a unit, and the settings behind it. */
export function routeOptimizationRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/settings',
    answers.to<unknown, AgencyChoice>('getOptimizationSettings', planners, async ({ account, query }) => ({
      data: await ensureSettings(prisma, await toAgencyId(account, query.agencyId)),
    })),
  )

  router.post(
    '/settings',
    answers.to<AgencyChoice & SettingsInput, unknown>(
      'updateOptimizationSettings',
      planners,
      async ({ account, body: { agencyId, ...change } }) => ({
        data: await writeSettings(prisma, await toAgencyId(account, agencyId), change as SettingsInput),
      }),
    ),
  )

  router.post(
    '/settings/reset',
    answers.to<AgencyChoice | undefined, unknown>(
      'resetOptimizationSettings',
      planners,
      async ({ account, body }) => ({
        data: await resetSettings(prisma, await toAgencyId(account, body?.agencyId)),
      }),
    ),
  )

  router.post(
    '/routes',
    answers.to<RouteInput, unknown>('optimizeRoute', planners, async ({ account, body }) => {
      const { unitId, agencyId, home } = await fetchOwnStart(account, body.unitId)
      const stops = await fetchStops(prisma, body.requestIds)
      const settings = await ensureSettings(prisma, agencyId)
      return { data: { unitId, ...toRoutePlan(home, stops, settings) } }
    }),
  )

  router.post(
    '/what-if',
    answers.to<RouteInput & { settings: SettingsInput }, unknown>(
      'compareOptimization',
      planners,
      async ({ account, body }) => {
        const { unitId, agencyId, home } = await fetchOwnStart(account, body.unitId)
        const stops = await fetchStops(prisma, body.requestIds)
        const settings = await ensureSettings(prisma, agencyId)
        const now = toRoutePlan(home, stops, settings)
        const whatIf = toRoutePlan(home, stops, { ...settings, ...body.settings })
        const difference = {
          revenue: toDifference(now.totalRevenue, whatIf.totalRevenue),
          deadheadMiles: toDifference(now.totalDeadheadMiles, whatIf.totalDeadheadMiles),
          waitTime: toDifference(now.totalWaitTime, whatIf.totalWaitTime),
        }
        return { data: { unitId, now, whatIf, difference } }
      },
    ),
  )

  router.post(
    '/backhaul',
    answers.to<{ requestIds: readonly string[] } & AgencyChoice, unknown>(
      'findBackhaulPairs',
      planners,
      async ({ account, body }) => {
        const settings = await ensureSettings(prisma, await toAgencyId(account, body.agencyId))
        const pairs = toBackhaulPairs(await fetchStops(prisma, body.requestIds), settings)
        return { data: { pairs, totalPairs: pairs.length } }
      },
    ),
  )

  router.get(
    '/performance',
    answers.to<unknown, AgencyChoice & { days: number }>(
      'getOptimizationPerformance',
      planners,
      async ({ account, query }) => ({
        data: await fetchPerformance(prisma, await toAgencyId(account, query.agencyId), query.days),
      }),
    ),
  )

  return router

  /** The agency of a request. An agency's user can only mean the own agency. */
  async function toAgencyId(account: Account, asked: string | undefined): Promise<string | null> {
    const own = account.domain === 'EMS' ? (account.agencyId ?? null) : undefined
    if (own !== undefined) {
      if (own === null || (asked !== undefined && asked !== own)) {
        throw new ApiError('forbidden', 'These are the settings of another agency.')
      }
      return own
    }
    if (asked === undefined) return null
    const agency = await prisma.eMSAgency.findUnique({ where: { id: asked }, select: { id: true } })
    if (!agency) throw new ApiError('not-found', 'There is no such agency.')
    return agency.id
  }

  async function fetchOwnStart(account: Account, unitId: string) {
    const start = await fetchStart(prisma, unitId)
    if (account.domain === 'EMS' && account.agencyId !== start.agencyId) {
      throw new ApiError('forbidden', 'This is a unit of another agency.')
    }
    return start
  }
}

function toDifference(now: number, whatIf: number): number {
  return Math.round((whatIf - now) * 100) / 100
}
