import { Router } from 'express'
import type { Prisma } from '../../../../generated/tcc-client/client.ts'
import { fetchAgencies } from '../agency-view.ts'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { answersOf, type Call, centerRoles, type PublicCall } from '../operation.ts'
import { type PageQuery, toPage, toPagination } from '../pagination.ts'

interface ListQuery extends PageQuery {
  readonly name?: string
  readonly city?: string
  readonly state?: string
  readonly status?: string
}

interface SearchQuery extends PageQuery {
  readonly q: string
}

type NewAgency = Omit<Prisma.EMSAgencyUncheckedCreateInput, 'id'> & { readonly name: string }

/** `/api/tcc/agencies`: everybody can list agencies; the control center adds, changes and removes them. */
export function agencyRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.toAnyone('listAgencies', async ({ query }: PublicCall<unknown, ListQuery>) => {
      const { name, city, state, status } = query
      return fetchPage(query, {
        ...(name !== undefined && { name: { contains: name, mode: 'insensitive' as const } }),
        ...(city !== undefined && { city }),
        ...(state !== undefined && { state }),
        ...(status !== undefined && { status }),
      })
    }),
  )
  router.get(
    '/search',
    answers.toAnyone('searchAgencies', async ({ query }: PublicCall<unknown, SearchQuery>) => {
      const found = { contains: query.q, mode: 'insensitive' } as const
      return fetchPage(query, { OR: [{ name: found }, { city: found }, { email: found }] })
    }),
  )
  router.get(
    '/:id',
    answers.toAnyone('getAgency', async ({ params }: PublicCall) => ({
      data: await fetchAgency(params.id as string),
    })),
  )
  router.post(
    '/',
    answers.to(
      'createAgency',
      centerRoles,
      async ({ account, body }: Call<NewAgency>) => {
        await assertNameIsFree(body.name)
        const { id } = await prisma.eMSAgency.create({
          data: { ...body, addedBy: account.id },
          select: { id: true },
        })
        return { data: await fetchAgency(id) }
      },
      201,
    ),
  )
  router.put(
    '/:id',
    answers.to('updateAgency', centerRoles, async ({ params, body }: Call<Partial<NewAgency>>) => {
      const { id, name } = await fetchAgency(params.id as string)
      if (body.name !== undefined && body.name !== name) await assertNameIsFree(body.name)
      await prisma.eMSAgency.update({
        where: { id },
        data: { ...body, lastUpdated: new Date() },
        select: { id: true },
      })
      return { data: await fetchAgency(id) }
    }),
  )
  router.delete(
    '/:id',
    answers.to('deactivateAgency', centerRoles, async ({ params }: Call) => {
      const { id } = await fetchAgency(params.id as string)
      // Trips, units and users go on naming it, so the row stays.
      await prisma.eMSAgency.update({
        where: { id },
        data: { isActive: false, status: 'INACTIVE', lastUpdated: new Date() },
        select: { id: true },
      })
      return { message: 'Agency deactivated' }
    }),
  )
  return router

  async function fetchPage(query: PageQuery, where: Prisma.EMSAgencyWhereInput) {
    const total = await prisma.eMSAgency.count({ where })
    const data = await fetchAgencies(prisma, { where, ...toPage(query) })
    return { data, pagination: toPagination(query, total) }
  }

  async function fetchAgency(id: string) {
    const [agency] = await fetchAgencies(prisma, { where: { id } })
    if (!agency) throw new ApiError('not-found', 'There is no such agency.')
    return agency
  }

  async function assertNameIsFree(name: string): Promise<void> {
    const where = { name: { equals: name, mode: 'insensitive' as const } }
    if ((await prisma.eMSAgency.count({ where })) > 0) {
      throw new ApiError('already-exists', 'There is already an agency of this name.')
    }
  }
}
