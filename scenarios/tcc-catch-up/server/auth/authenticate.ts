import type { Request } from 'express'
import type { AppContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { type Account, fetchAccount } from './accounts.ts'

/**
 * The account of a request's `Authorization: Bearer` token, as it is in the database now. A deleted or deactivated
 * user is refused at once, not when the token expires.
 * @throws ApiError `token-missing`, `token-invalid`, `account-inactive`
 */
export async function authenticate({ prisma, tokens }: AppContext, request: Request): Promise<Account> {
  const token = /^Bearer +(\S+) *$/i.exec(request.get('authorization') ?? '')?.[1]
  if (!token) throw new ApiError('token-missing', 'Log in first and send the token as Authorization: Bearer.')
  const { domain, id } = tokens.verify(token)
  const account = await fetchAccount(prisma, domain, { id })
  if (!account?.isActive) throw new ApiError('account-inactive', 'This account is not active.')
  return account
}
