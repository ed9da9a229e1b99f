import { ApiError } from '../errors.ts'
import type { Account } from './accounts.ts'

/**
 * The agency that an EMS user works for.
 * @throws ApiError `forbidden` when there is none
 */
export function agencyOf(account: Account): string {
  if (account.agencyId) return account.agencyId
  throw new ApiError('forbidden', 'This account belongs to no agency.')
}

/**
 * Passes for a user who may act for the whole organisation.
 * @throws ApiError `forbidden`
 */
export function assertOrgAdmin(account: Account): void {
  if (account.profile.orgAdmin !== true) {
    throw new ApiError('forbidden', 'Only an administrator of the organisation may do this.')
  }
}
