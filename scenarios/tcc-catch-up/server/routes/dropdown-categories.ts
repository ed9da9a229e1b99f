import { Router } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { allRoles, answersOf, centerRoles } from '../operation.ts'

interface CategoryInput {
  readonly displayName: string
  readonly displayOrder?: number
  readonly isActive?: boolean
}

/**
 * `/api/dropdown-categories`: the lists that forms offer. A slug never changes, because forms and options refer to
 * it.
 */
export function dropdownCategoryRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to('listDropdownCategories', allRoles, async () => {
      const categories = await prisma.dropdownCategory.findMany({
        include: { _count: { select: { options: true } } },
        orderBy: [{ displayOrder: 'asc' }, { slug: 'asc' }],
      })
      const data = categories.map(({ _count, ...category }) => ({ ...category, optionCount: _count.options }))
      return { data }
    }),
  )

  router.post(
    '/',
    answers.to<CategoryInput & { slug: string }, unknown>(
      'createDropdownCategory',
      centerRoles,
      async ({ body }) => {
        const known = await prisma.dropdownCategory.findUnique({
          where: { slug: body.slug },
          select: { id: true },
        })
        if (known) throw new ApiError('already-exists', 'There is a category with this slug already.')
        return { data: await prisma.dropdownCategory.create({ data: body }) }
      },
      201,
    ),
  )

  router.put(
    '/:id',
    answers.to<Partial<CategoryInput>, unknown>(
      'updateDropdownCategory',
      centerRoles,
      async ({ params, body }) => {
        const id = params.id as string
        if (body.isActive === false) await assertUnused(id)
        return { data: await prisma.dropdownCategory.update({ where: { id }, data: body }) }
      },
    ),
  )

  router.delete(
    '/:id',
    answers.to('deleteDropdownCategory', centerRoles, async ({ params }) => {
      const id = params.id as string
      await assertUnused(id)
      await prisma.dropdownCategory.delete({ where: { id } })
      return { message: 'Category deleted' }
    }),
  )

  return router

  /** Asserts that no option uses the category. Options may refer to it by its slug only. */
  async function assertUnused(id: string): Promise<void> {
    const category = await prisma.dropdownCategory.findUnique({ where: { id }, select: { slug: true } })
    if (!category) throw new ApiError('not-found', 'There is no such category.')
    const option = await prisma.dropdownOption.findFirst({
      where: { isActive: true, OR: [{ categoryId: id }, { category: category.slug }] },
      select: { id: true },
    })
    if (option) throw new ApiError('conflict', 'The category has active options.')
  }
}
