import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { answersOf, centerRoles } from '../operation.ts'
import { toPlainRow } from '../plain-row.ts'

/** A cost center as a client describes it; overheadRate is percent, costs are dollars. */
interface CostCenterInput {
  readonly name: string
  readonly code: string
  readonly description?: string | null
  readonly overheadRate?: number
  readonly fixedCosts?: number
  readonly variableCosts?: number
  readonly allocationMethod?: string
  readonly isActive?: boolean
}

/** `/api/tcc/cost-centers`: where costs are booked, and how much overhead each adds. */
export function costCenterRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to<unknown, { isActive?: boolean }>('listCostCenters', centerRoles, async ({ query }) => {
      const where = query.isActive === undefined ? {} : { isActive: query.isActive }
      const rows = await prisma.costCenter.findMany({ where, orderBy: [{ code: 'asc' }] })
      return { data: rows.map(toPlainRow) }
    }),
  )

  router.post(
    '/',
    answers.to<CostCenterInput, unknown>(
      'createCostCenter',
      ['ADMIN'],
      async ({ body }) => {
        await assertNewCode(body.code)
        return { data: toPlainRow(await prisma.costCenter.create({ data: body })) }
      },
      201,
    ),
  )

  router.get(
    '/:id',
    answers.to('getCostCenter', centerRoles, async ({ params }) => ({
      data: toPlainRow(await fetchCostCenter(params.id as string)),
    })),
  )

  router.put(
    '/:id',
    answers.to<Partial<CostCenterInput>, unknown>('updateCostCenter', ['ADMIN'], async ({ params, body }) => {
      const { id, code } = await fetchCostCenter(params.id as string)
      if (body.code !== undefined && body.code !== code) await assertNewCode(body.code)
      return { data: toPlainRow(await prisma.costCenter.update({ where: { id }, data: body })) }
    }),
  )

  router.delete(
    '/:id',
    answers.to('deactivateCostCenter', ['ADMIN'], async ({ params }) => {
      // Breakdowns name their cost center without a foreign key, so the row stays.
      await prisma.costCenter.update({ where: { id: params.id as string }, data: { isActive: false } })
      return { message: 'Cost center deactivated' }
    }),
  )

  return router

  async function fetchCostCenter(id: string) {
    const center = await prisma.costCenter.findUnique({ where: { id } })
    if (!center) throw new ApiError('not-found', 'There is no such cost center.')
    return center
  }

  async function assertNewCode(code: string): Promise<void> {
    const known = await prisma.costCenter.findUnique({ where: { code }, select: { id: true } })
    if (known) throw new ApiError('already-exists', 'There is a cost center with this code already.')
  }
}
