import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { isStorable, toCostFigures } from '../costs/cost-breakdown.ts'
import { fetchCostTotals, fetchProfitability } from '../costs/cost-totals.ts'
import { fetchMeasuredTrip, type Measurements } from '../costs/measure-trip.ts'
import { ApiError } from '../errors.ts'
import { answersOf, centerRoles } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'
import { toPlainRow } from '../plain-row.ts'

interface BreakdownInput extends Measurements {
  readonly tripId: string
  readonly pricingModelId: string
  readonly costCenterId?: string
}

/** `/api/tcc/analytics/cost-…`: what trips earned and cost, calculated by a pricing model, and stored. */
export function costBreakdownRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/cost-breakdowns',
    answers.to<unknown, PageQuery & { tripId?: string; costCenterId?: string }>(
      'listCostBreakdowns',
      centerRoles,
      async ({ query: { tripId, costCenterId, ...query } }) => {
        const where = {
          ...(tripId !== undefined && { tripId }),
          ...(costCenterId !== undefined && { costCenterId }),
        }
        const orderBy = [{ calculatedAt: 'desc' as const }, { id: 'asc' as const }]
        const [rows, total] = await prisma.$transaction([
          prisma.tripCostBreakdown.findMany({ where, orderBy, ...toPage(query) }),
          prisma.tripCostBreakdown.count({ where }),
        ])
        return { data: rows.map(toPlainRow), pagination: toPagination(query, total) }
      },
    ),
  )

  router.post(
    '/cost-breakdown',
    answers.to<BreakdownInput, unknown>(
      'createCostBreakdown',
      centerRoles,
      async ({ body: { tripId, pricingModelId, costCenterId, ...given } }) => {
        const model = await fetchPricing(pricingModelId)
        const costCenter = costCenterId === undefined ? null : await fetchCostCenter(costCenterId)
        const trip = await fetchMeasuredTrip(prisma, tripId, given)
        const figures = toCostFigures(trip, model, costCenter?.overheadRate.toNumber() ?? 0)
        if (!figures) {
          throw new ApiError('unprocessable', 'The pricing model has no rates for the level of this trip.')
        }
        if (!isStorable(figures)) {
          throw new ApiError('unprocessable', 'The figures of this trip are larger than can be stored.')
        }
        const row = await prisma.tripCostBreakdown.create({
          data: {
            ...figures,
            tripId,
            costCenterId: costCenter?.id ?? null,
            costCenterName: costCenter?.name ?? null,
          },
        })
        return { data: toPlainRow(row) }
      },
      201,
    ),
  )

  router.get(
    '/cost-breakdowns/:id',
    answers.to('getCostBreakdown', centerRoles, async ({ params }) => {
      const row = await prisma.tripCostBreakdown.findUnique({ where: { id: params.id as string } })
      if (!row) throw new ApiError('not-found', 'There is no such cost breakdown.')
      return { data: toPlainRow(row) }
    }),
  )

  router.delete(
    '/cost-breakdowns/:id',
    answers.to('deleteCostBreakdown', ['ADMIN'], async ({ params }) => {
      await prisma.tripCostBreakdown.delete({ where: { id: params.id as string } })
      return { message: 'Cost breakdown deleted' }
    }),
  )

  router.get(
    '/cost-analysis',
    answers.to('getCostAnalysis', centerRoles, async () => ({ data: await fetchCostTotals(prisma) })),
  )

  router.get(
    '/profitability',
    answers.to('getProfitability', centerRoles, async () => ({ data: await fetchProfitability(prisma) })),
  )

  return router

  async function fetchPricing(id: string) {
    const row = await prisma.pricing_models.findUnique({ where: { id, isActive: true } })
    if (!row) throw new ApiError('unprocessable', 'There is no such active pricing model.')
    const model = toPlainRow(row)
    return {
      baseRates: model.baseRates,
      perMileRates: model.perMileRates,
      priorityMultipliers: model.priorityMultipliers,
      insuranceRates: model.insuranceRates,
      needs: {
        isolation: model.isolationPricing,
        bariatric: model.bariatricPricing,
        oxygen: model.oxygenPricing,
        monitoring: model.monitoringPricing,
      },
    }
  }

  async function fetchCostCenter(id: string) {
    const center = await prisma.costCenter.findUnique({
      where: { id, isActive: true },
      select: { id: true, name: true, overheadRate: true },
    })
    if (!center) throw new ApiError('unprocessable', 'There is no such active cost center.')
    return center
  }
}
