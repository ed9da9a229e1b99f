import { randomUUID } from 'node:crypto'
import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { answersOf, centerRoles } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'
import { toPlainRow } from '../plain-row.ts'

type Rates = Readonly<Record<string, number>>

/** Rates in dollars by transport level, and multipliers by their purpose; null removes a surcharge. */
interface PricingInput {
  readonly name: string
  readonly agencyId?: string | null
  readonly isActive?: boolean
  readonly baseRates: Rates
  readonly perMileRates: Rates
  readonly priorityMultipliers?: Rates
  readonly peakHourMultipliers?: Rates
  readonly weekendMultipliers?: Rates
  readonly seasonalMultipliers?: Rates
  readonly zoneMultipliers?: Rates
  readonly distanceTiers?: Rates
  readonly specialRequirements?: Rates
  readonly insuranceRates?: Rates
  readonly isolationPricing?: number | null
  readonly bariatricPricing?: number | null
  readonly oxygenPricing?: number | null
  readonly monitoringPricing?: number | null
}

const none: Rates = {}

/** `/api/tcc/pricing-models`: the models by which transports are billed, for one agency or for all. */
export function pricingModelRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to<unknown, PageQuery & { agencyId?: string; isActive?: boolean }>(
      'listPricingModels',
      centerRoles,
      async ({ query: { agencyId, isActive, ...query } }) => {
        const where = {
          ...(agencyId !== undefined && { agencyId }),
          ...(isActive !== undefined && { isActive }),
        }
        const orderBy = [{ name: 'asc' as const }, { id: 'asc' as const }]
        const [rows, total] = await prisma.$transaction([
          prisma.pricing_models.findMany({ where, orderBy, ...toPage(query) }),
          prisma.pricing_models.count({ where }),
        ])
        return { data: rows.map(toPlainRow), pagination: toPagination(query, total) }
      },
    ),
  )

  router.post(
    '/',
    answers.to<PricingInput, unknown>(
      'createPricingModel',
      ['ADMIN'],
      async ({ body }) => {
        await assertAgency(body.agencyId)
        const row = await prisma.pricing_models.create({
          data: {
            priorityMultipliers: none,
            peakHourMultipliers: none,
            weekendMultipliers: none,
            seasonalMultipliers: none,
            zoneMultipliers: none,
            distanceTiers: none,
            specialRequirements: none,
            insuranceRates: none,
            ...body,
            id: randomUUID(),
            updatedAt: new Date(),
          },
        })
        return { data: toPlainRow(row) }
      },
      201,
    ),
  )

  router.get(
    '/:id',
    answers.to('getPricingModel', centerRoles, async ({ params }) => {
      const row = await prisma.pricing_models.findUnique({ where: { id: params.id as string } })
      if (!row) throw new ApiError('not-found', 'There is no such pricing model.')
      return { data: toPlainRow(row) }
    }),
  )

  router.put(
    '/:id',
    answers.to<Partial<PricingInput>, unknown>('updatePricingModel', ['ADMIN'], async ({ params, body }) => {
      await assertAgency(body.agencyId)
      const data = { ...body, updatedAt: new Date() }
      return {
        data: toPlainRow(await prisma.pricing_models.update({ where: { id: params.id as string }, data })),
      }
    }),
  )

  router.delete(
    '/:id',
    answers.to('deactivatePricingModel', ['ADMIN'], async ({ params }) => {
      const data = { isActive: false, updatedAt: new Date() }
      await prisma.pricing_models.update({ where: { id: params.id as string }, data })
      return { message: 'Pricing model deactivated' }
    }),
  )

  return router

  async function assertAgency(id: string | null | undefined): Promise<void> {
    if (id === undefined || id === null) return
    const agency = await prisma.eMSAgency.findUnique({ where: { id }, select: { id: true } })
    if (!agency) throw new ApiError('unprocessable', 'There is no such agency.')
  }
}
