import type { RequestHandler } from 'express'
import type { Account } from './auth/accounts.ts'
import { authenticate } from './auth/authenticate.ts'
import type { AppContext } from './context.ts'
import { ApiError } from './errors.ts'
import { type RequestRules, rulesOf } from './validation.ts'

/**
 * Roles of users to the server: administrators and staff of the control center, and users of facilities and agencies.
 */
export type Role = 'ADMIN' | 'USER' | 'HEALTHCARE' | 'EMS'

/** Every role of the control center. */
export const centerRoles: readonly Role[] = ['ADMIN', 'USER']
/** Every role that can log in. */
export const allRoles: readonly Role[] = ['ADMIN', 'USER', 'HEALTHCARE', 'EMS']

/** A request that fits the contract. The contract determines the types of body and query. */
export interface PublicCall<Body = unknown, Query = unknown> {
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
}

/** A request that fits the contract, of a user who may make it. */
export interface Call<Body = unknown, Query = unknown> extends PublicCall<Body, Query> {
  readonly account: Account
}

/** What an answer holds besides `success: true`. */
type Answer = Readonly<Record<string, unknown>> | undefined

/** Makes handlers from operations of the contract: `router.post('/', answers.to('createTrip', roles, run, 201))`. */
export interface Answers {
  /**
   * Makes a handler for users in one of these roles. It answers 401 to nobody, 403 to other roles, then 400 to what
   * the contract doesn't accept.
   */
  to<Body, Query>(
    operationId: string,
    roles: readonly Role[],
    run: (call: Call<Body, Query>) => Promise<Answer>,
    status?: number,
  ): RequestHandler
  /** Makes a handler for everybody, logged in or not. */
  toAnyone<Body, Query>(
    operationId: string,
    run: (call: PublicCall<Body, Query>) => Promise<Answer>,
    status?: number,
  ): RequestHandler
}

/** Handlers for operations of the contract. */
export function answersOf(context: AppContext): Answers {
  return {
    to(operationId, roles, run, status = 200) {
      const rules = rulesOf(operationId)
      return async (request, response) => {
        const account = await authenticate(context, request)
        if (!roles.includes(roleOf(account)))
          throw new ApiError('forbidden', 'This is not for users of your kind.')
        const answer = await run({ ...toCall(rules, request), account })
        response.status(status).json({ success: true, ...answer })
      }
    },
    toAnyone(operationId, run, status = 200) {
      const rules = rulesOf(operationId)
      return async (request, response) => {
        const answer = await run(toCall(rules, request))
        response.status(status).json({ success: true, ...answer })
      }
    },
  }
}

/** The role of an account: a center user is an administrator or staff, other kinds have a role each. */
export function roleOf({ domain, userType }: Pick<Account, 'domain' | 'userType'>): Role {
  if (domain !== 'CENTER') return domain
  return userType === 'ADMIN' ? 'ADMIN' : 'USER'
}

function toCall<Body, Query>(
  rules: RequestRules,
  request: { params: unknown; query: unknown; body: unknown },
): PublicCall<Body, Query> {
  return rules.check(request) as PublicCall<Body, Query>
}
