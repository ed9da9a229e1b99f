import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import type { Account } from '../auth/accounts.ts'

/**
 * Id of the account whose locations, destinations and agencies a healthcare user works with: the parent's for a
 * sub-user.
 */
export async function fetchOwnerId(prisma: PrismaClient, { id }: Pick<Account, 'id'>): Promise<string> {
  const user = await prisma.healthcareUser.findUniqueOrThrow({
    where: { id },
    select: { isSubUser: true, parentUserId: true },
  })
  return (user.isSubUser && user.parentUserId) || id
}
