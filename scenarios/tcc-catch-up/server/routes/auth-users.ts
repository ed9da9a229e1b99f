import { Router } from 'express'
import type { Domain } from '../auth/accounts.ts'
import { hashPassword, isPasswordOf, makeTemporaryPassword } from '../auth/password.ts'
import { changeUser, fetchUser, fetchUsers, type UserChange } from '../auth/users.ts'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { allRoles, answersOf, type Call } from '../operation.ts'

interface PasswordChange {
  readonly currentPassword: string
  readonly newPassword: string
}

/** Routes below `/api/auth` for administrators to manage users, and for everybody to change their own password. */
export function userRoutes(context: AppContext): Router {
  const { prisma } = context
  const answers = answersOf(context)
  const router = Router()

  router.get(
    '/users',
    answers.to('listUsers', ['ADMIN'], async () => ({ ...(await fetchUsers(prisma)) })),
  )
  router.patch(
    '/admin/users/:domain/:id',
    answers.to('changeUser', ['ADMIN'], async ({ account, params, body }: Call<UserChange>) => {
      const { domain, id } = toUserKey(params)
      if (domain === account.domain && id === account.id) {
        throw new ApiError('conflict', 'Administrators do not change their own rights.')
      }
      assertFits(domain, body)
      await changeUser(prisma, domain, id, body)
      return { data: await fetchUser(prisma, domain, id) }
    }),
  )
  router.post(
    '/admin/users/:domain/:id/reset-password',
    answers.to('resetUserPassword', ['ADMIN'], async ({ params }: Call) => {
      const { domain, id } = toUserKey(params)
      const { email, name } = await fetchUser(prisma, domain, id)
      const tempPassword = makeTemporaryPassword()
      await changeUser(prisma, domain, id, {
        password: await hashPassword(tempPassword),
        mustChangePassword: true,
      })
      return { data: { id, email, name, tempPassword } }
    }),
  )
  router.put(
    '/password/change',
    answers.to('changeOwnPassword', allRoles, async ({ account, body }: Call<PasswordChange>) => {
      if (!(await isPasswordOf(body.currentPassword, account.passwordHash))) {
        throw new ApiError('invalid-credentials', 'The current password is wrong.')
      }
      if (body.newPassword === body.currentPassword) {
        throw new ApiError('unprocessable', 'The new password is the current one.')
      }
      await changeUser(prisma, account.domain, account.id, {
        password: await hashPassword(body.newPassword),
        mustChangePassword: false,
      })
      return { message: 'Password changed' }
    }),
  )
  return router
}

function toUserKey(params: Readonly<Record<string, string>>): {
  readonly domain: Domain
  readonly id: string
} {
  return { domain: params.domain as Domain, id: params.id as string }
}

function assertFits(domain: Domain, { userType, orgAdmin }: UserChange): void {
  const isCenterType = userType === 'ADMIN' || userType === 'USER'
  if (userType !== undefined && (domain === 'CENTER' ? !isCenterType : userType !== domain)) {
    throw new ApiError('unprocessable', `A user of ${domain} can't be of this type.`)
  }
  if (domain === 'CENTER' && orgAdmin !== undefined) {
    throw new ApiError('unprocessable', 'Users of the center belong to no organisation.')
  }
}
