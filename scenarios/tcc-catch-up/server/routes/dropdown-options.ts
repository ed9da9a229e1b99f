import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { allRoles, answersOf, centerRoles } from '../operation.ts'

const byValue = [{ value: 'asc' as const }, { id: 'asc' as const }]

/** `/api/dropdown-options`: the choices that forms offer, and the default of each list. */
export function dropdownOptionRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to('listDropdownSlugs', allRoles, async () => {
      const categories = await prisma.dropdownCategory.findMany({
        where: { isActive: true },
        select: { slug: true },
        orderBy: [{ displayOrder: 'asc' }, { slug: 'asc' }],
      })
      return { data: categories.map(({ slug }) => slug), message: 'Categories of dropdown options' }
    }),
  )

  router.get(
    '/:category',
    answers.to<unknown, { includeInactive: boolean }>(
      'listDropdownOptions',
      allRoles,
      async ({ params, query }) => {
        const { slug } = await fetchCategory(params.category as string, 'not-found')
        const where = { category: slug, ...(!query.includeInactive && { isActive: true }) }
        return { data: await prisma.dropdownOption.findMany({ where, orderBy: byValue }) }
      },
    ),
  )

  router.get(
    '/:category/default',
    answers.to('getDropdownDefault', allRoles, async ({ params }) => {
      const { slug } = await fetchCategory(params.category as string, 'not-found')
      const data = await prisma.categoryDefault.findUnique({
        where: { category: slug },
        include: { option: true },
      })
      return { data }
    }),
  )

  router.post(
    '/:category/default',
    answers.to<{ optionId: string }, unknown>('setDropdownDefault', centerRoles, async ({ params, body }) => {
      const { slug } = await fetchCategory(params.category as string, 'not-found')
      const option = await prisma.dropdownOption.findFirst({
        where: { id: body.optionId, category: slug, isActive: true },
        select: { id: true },
      })
      if (!option) throw new ApiError('unprocessable', 'The category has no such active option.')
      const data = await prisma.categoryDefault.upsert({
        where: { category: slug },
        create: { category: slug, optionId: option.id },
        update: { optionId: option.id },
        include: { option: true },
      })
      return { data }
    }),
  )

  router.post(
    '/',
    answers.to<{ category: string; value: string }, unknown>(
      'createDropdownOption',
      centerRoles,
      async ({ body }) => {
        const { id: categoryId, slug } = await fetchCategory(body.category, 'unprocessable')
        await assertNew(slug, body.value)
        const data = await prisma.dropdownOption.create({
          data: { category: slug, categoryId, value: body.value },
        })
        return { data }
      },
      201,
    ),
  )

  router.put(
    '/:id',
    answers.to<{ value?: string; isActive?: boolean }, unknown>(
      'updateDropdownOption',
      centerRoles,
      async ({ params, body }) => {
        const { id, category, value } = await fetchOption(params.id as string)
        if (body.value !== undefined && body.value !== value) await assertNew(category, body.value)
        return { data: await change(id, body) }
      },
    ),
  )

  router.delete(
    '/:id',
    answers.to('deactivateDropdownOption', centerRoles, async ({ params }) => {
      const { id } = await fetchOption(params.id as string)
      await change(id, { isActive: false })
      return { message: 'Option deactivated' }
    }),
  )

  return router

  /** Changes an option. An option that is no longer offered can't be a default either. */
  async function change(id: string, data: { value?: string; isActive?: boolean }) {
    return prisma.$transaction(async (tx) => {
      if (data.isActive === false) await tx.categoryDefault.deleteMany({ where: { optionId: id } })
      return tx.dropdownOption.update({ where: { id }, data })
    })
  }

  async function fetchCategory(slug: string, otherwise: 'not-found' | 'unprocessable') {
    const category = await prisma.dropdownCategory.findUnique({
      where: { slug },
      select: { id: true, slug: true },
    })
    if (!category) throw new ApiError(otherwise, 'There is no such category.')
    return category
  }

  async function fetchOption(id: string) {
    const option = await prisma.dropdownOption.findUnique({ where: { id } })
    if (!option) throw new ApiError('not-found', 'There is no such option.')
    return option
  }

  async function assertNew(category: string, value: string): Promise<void> {
    const known = await prisma.dropdownOption.findUnique({
      where: { category_value: { category, value } },
      select: { id: true },
    })
    if (known)
      throw new ApiError('already-exists', 'The category has this option already, maybe deactivated.')
  }
}
