import { Router } from 'express'
import type { Account } from '../auth/accounts.ts'
import { agencyOf, assertOrgAdmin } from '../auth/agency-of.ts'
import { hashPassword, makeTemporaryPassword } from '../auth/password.ts'
import { assertEmailIsFree } from '../auth/users.ts'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { answersOf, type Call, type Role } from '../operation.ts'

interface NewSubUser {
  readonly email: string
  readonly name: string
  readonly agencyName?: string
}

interface SubUserChange {
  readonly email?: string
  readonly name?: string
  readonly isActive?: boolean
}

const keepers: readonly Role[] = ['ADMIN', 'EMS']
const shown = { id: true, email: true, name: true, isActive: true, createdAt: true, updatedAt: true } as const

/** `/api/ems/sub-users`: users whom an administrator of an agency, or of the center, adds to an agency. */
export function emsSubUserRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to('listEmsSubUsers', keepers, async ({ account }: Call) => ({
      data: await prisma.eMSUser.findMany({
        where: keptBy(account),
        select: shown,
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      }),
    })),
  )
  router.post(
    '/',
    answers.to(
      'createEmsSubUser',
      keepers,
      async ({ account, body: { email, name, agencyName } }: Call<NewSubUser>) => {
        keptBy(account)
        const agency = await toAgency(account, agencyName)
        await assertEmailIsFree(prisma, email)
        const tempPassword = makeTemporaryPassword()
        const data = await prisma.eMSUser.create({
          data: {
            email,
            name,
            password: await hashPassword(tempPassword),
            agencyId: agency.id,
            agencyName: agency.name,
            isSubUser: true,
            parentUserId: account.domain === 'EMS' ? account.id : null,
            mustChangePassword: true,
          },
          select: { id: true, email: true, name: true },
        })
        return { data: { ...data, tempPassword } }
      },
      201,
    ),
  )
  router.patch(
    '/:id',
    answers.to('changeEmsSubUser', keepers, async ({ account, params, body }: Call<SubUserChange>) => {
      const id = await fetchId(account, params.id as string)
      if (body.email !== undefined) await assertEmailIsFree(prisma, body.email, id)
      return { data: await prisma.eMSUser.update({ where: { id }, data: body, select: shown }) }
    }),
  )
  router.post(
    '/:id/reset-temp-password',
    answers.to('resetEmsSubUserPassword', keepers, async ({ account, params }: Call) => {
      const id = await fetchId(account, params.id as string)
      const tempPassword = makeTemporaryPassword()
      const data = await prisma.eMSUser.update({
        where: { id },
        data: { password: await hashPassword(tempPassword), mustChangePassword: true },
        select: { id: true, email: true, name: true },
      })
      return { data: { ...data, tempPassword } }
    }),
  )
  router.delete(
    '/:id',
    answers.to('deleteEmsSubUser', keepers, async ({ account, params }: Call) => {
      const id = await fetchId(account, params.id as string)
      await prisma.eMSUser.update({
        where: { id },
        data: { isDeleted: true, deletedAt: new Date(), isActive: false },
        select: { id: true },
      })
      return { message: 'User deleted' }
    }),
  )
  return router

  async function fetchId(account: Account, id: string): Promise<string> {
    const user = await prisma.eMSUser.findFirst({ where: { ...keptBy(account), id }, select: { id: true } })
    if (!user) throw new ApiError('not-found', 'There is no such user.')
    return user.id
  }

  async function toAgency(account: Account, named: string | undefined) {
    const key =
      account.domain === 'EMS' ? { id: agencyOf(account) } : named === undefined ? null : { name: named }
    const agency = key && (await prisma.eMSAgency.findFirst({ where: key, select: { id: true, name: true } }))
    if (!agency) throw new ApiError('unprocessable', 'Say which agency the user works for.')
    return agency
  }
}

function keptBy(account: Account) {
  const subUsers = { isSubUser: true, isDeleted: false }
  if (account.domain !== 'EMS') return subUsers
  assertOrgAdmin(account)
  return { ...subUsers, agencyId: agencyOf(account) }
}
