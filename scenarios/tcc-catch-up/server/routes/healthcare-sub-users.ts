import { Router } from 'express'
import type { Account } from '../auth/accounts.ts'
import { assertOrgAdmin } from '../auth/agency-of.ts'
import { hashPassword, makeTemporaryPassword } from '../auth/password.ts'
import { assertEmailIsFree } from '../auth/users.ts'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { fetchOwnerId } from '../healthcare/fetch-owner-id.ts'
import { answersOf } from '../operation.ts'

interface SubUserChange {
  readonly email?: string
  readonly name?: string
  readonly isActive?: boolean
}

const shown = { id: true, email: true, name: true, isActive: true, createdAt: true, updatedAt: true } as const
const named = { id: true, email: true, name: true } as const

/** `/api/healthcare/sub-users`: users whom a facility's administrator adds to it. */
export function healthcareSubUserRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/',
    answers.to('listHealthcareSubUsers', ['HEALTHCARE'], async ({ account }) => ({
      data: await prisma.healthcareUser.findMany({
        where: await toKept(account),
        select: shown,
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      }),
    })),
  )

  router.post(
    '/',
    answers.to<{ email: string; name: string }, unknown>(
      'createHealthcareSubUser',
      ['HEALTHCARE'],
      async ({ account, body: { email, name } }) => {
        assertOrgAdmin(account)
        await assertEmailIsFree(prisma, email)
        const parent = await prisma.healthcareUser.findUniqueOrThrow({
          where: { id: await fetchOwnerId(prisma, account) },
          select: { id: true, facilityName: true, facilityType: true, manageMultipleLocations: true },
        })
        const { id: parentUserId, ...facility } = parent
        const tempPassword = makeTemporaryPassword()
        const password = await hashPassword(tempPassword)
        const data = await prisma.healthcareUser.create({
          data: {
            ...facility,
            email,
            name,
            password,
            parentUserId,
            isSubUser: true,
            mustChangePassword: true,
          },
          select: named,
        })
        return { data: { ...data, tempPassword } }
      },
      201,
    ),
  )

  router.patch(
    '/:id',
    answers.to<SubUserChange, unknown>(
      'changeHealthcareSubUser',
      ['HEALTHCARE'],
      async ({ account, params, body }) => {
        const id = await fetchId(account, params.id as string)
        if (body.email !== undefined) await assertEmailIsFree(prisma, body.email, id)
        return { data: await prisma.healthcareUser.update({ where: { id }, data: body, select: shown }) }
      },
    ),
  )

  router.post(
    '/:id/reset-temp-password',
    answers.to('resetHealthcareSubUserPassword', ['HEALTHCARE'], async ({ account, params }) => {
      const id = await fetchId(account, params.id as string)
      const tempPassword = makeTemporaryPassword()
      const password = await hashPassword(tempPassword)
      const change = { where: { id }, data: { password, mustChangePassword: true }, select: named }
      return { data: { ...(await prisma.healthcareUser.update(change)), tempPassword } }
    }),
  )

  router.delete(
    '/:id',
    answers.to('deleteHealthcareSubUser', ['HEALTHCARE'], async ({ account, params }) => {
      const id = await fetchId(account, params.id as string)
      await prisma.healthcareUser.update({
        where: { id },
        data: { isDeleted: true, deletedAt: new Date(), isActive: false },
        select: { id: true },
      })
      return { message: 'User deleted' }
    }),
  )
  return router

  async function fetchId(account: Account, id: string): Promise<string> {
    const user = await prisma.healthcareUser.findFirst({
      where: { ...(await toKept(account)), id },
      select: { id: true },
    })
    if (!user) throw new ApiError('not-found', 'There is no such user.')
    return user.id
  }

  /** The condition on the sub-users of the administrator's facility. */
  async function toKept(account: Account) {
    assertOrgAdmin(account)
    return { isSubUser: true, isDeleted: false, parentUserId: await fetchOwnerId(prisma, account) }
  }
}
