import type { AppContext } from '../context.ts'
import { toDatabaseFault } from '../database-fault.ts'
import { ApiError } from '../errors.ts'
import { type Account, type Domain, fetchAccount, recordLogin } from './accounts.ts'
import type { Credentials } from './credentials.ts'
import { isPasswordOf } from './password.ts'

export interface Login {
  readonly user: Readonly<Record<string, string | boolean | null>>
  readonly token: string
  readonly mustChangePassword: boolean
}

/**
 * Logs a user of one of these domains in: checks the password, writes lastLogin, signs a token.
 * @throws ApiError `invalid-credentials`, `account-inactive`, `account-without-agency`; the database's error when a
 * table is missing
 */
export async function logIn(
  context: AppContext,
  { email, password }: Credentials,
  among: readonly Domain[],
): Promise<Login> {
  // Wrong password, unknown e-mail and deleted user look alike. Only who knows the password learns that an account is
  // inactive or has no agency.
  const account = await findByEmail(context, email, among)
  if (!(await isPasswordOf(password, account?.passwordHash)) || !account) {
    throw new ApiError('invalid-credentials', 'Email or password is wrong.')
  }
  if (account.agencyId === null) {
    throw new ApiError('account-without-agency', 'This account belongs to no agency.')
  }
  if (!(await recordLogin(context.prisma, account, new Date()))) {
    throw new ApiError('account-inactive', 'This account is not active.')
  }
  return {
    user: {
      id: account.id,
      email: account.email,
      name: account.name,
      userType: account.userType,
      ...account.profile,
    },
    token: context.tokens.sign({
      id: account.id,
      email: account.email,
      userType: account.userType,
      domain: account.domain,
      ...(account.agencyId && { agencyId: account.agencyId }),
    }),
    mustChangePassword: account.mustChangePassword,
  }
}

/**
 * The account with this e-mail in the first domain that has one. A missing table holds no users, so the search skips
 * it. A missing *column* ends the search, because it may hide a user.
 */
async function findByEmail(
  { prisma, log }: AppContext,
  email: string,
  among: readonly Domain[],
): Promise<Account | null> {
  // When nobody is found, nobody can say that the e-mail is unknown as long as a table was missing: then the missing
  // table is the answer.
  let missingTable: unknown
  for (const domain of among) {
    try {
      const account = await fetchAccount(prisma, domain, { email })
      if (account) return account
    } catch (error) {
      const fault = toDatabaseFault(error)
      if (fault?.kind !== 'schema-incomplete' || fault.object !== 'table') throw error
      log({ level: 'warn', event: 'login-without-table', domain, missing: fault.missing })
      missingTable ??= error
    }
  }
  if (missingTable) throw missingTable
  return null
}
