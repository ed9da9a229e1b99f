import type { Prisma, PrismaClient } from '../../../../generated/tcc-client/client.ts'
import type { Account } from '../auth/accounts.ts'
import { agencyOf } from '../auth/agency-of.ts'
import { fetchOwnerId } from '../healthcare/fetch-owner-id.ts'
import { roleOf } from '../operation.ts'

/**
 * The transport requests that a user may see: the center all; a facility those that its users requested or that start
 * at its locations; an agency those that are open to it, that it answered, and its own.
 */
export async function fetchVisible(
  prisma: PrismaClient,
  account: Account,
): Promise<Prisma.TransportRequestWhereInput> {
  const role = roleOf(account)
  if (role === 'EMS') return visibleToAgency(agencyOf(account))
  if (role !== 'HEALTHCARE') return {}
  const ownerId = await fetchOwnerId(prisma, account)
  const users = await prisma.healthcareUser.findMany({
    where: { OR: [{ id: ownerId }, { parentUserId: ownerId }] },
    select: { id: true },
  })
  return {
    OR: [
      { healthcareCreatedById: { in: users.map(({ id }) => id) } },
      { healthcareLocation: { healthcareUserId: ownerId } },
    ],
  }
}

/** Tells whether a request is open to an agency. A request that was sent to nobody is open to all. */
export function isOpenTo(
  agencyId: string,
  trip: { readonly status: string; readonly selectedAgencies: readonly string[] },
): boolean {
  const { status, selectedAgencies } = trip
  return status === 'PENDING' && (selectedAgencies.length === 0 || selectedAgencies.includes(agencyId))
}

function visibleToAgency(agencyId: string): Prisma.TransportRequestWhereInput {
  return {
    OR: [
      { assignedAgencyId: agencyId },
      { agencyResponses: { some: { agencyId } } },
      {
        status: 'PENDING',
        OR: [{ selectedAgencies: { isEmpty: true } }, { selectedAgencies: { has: agencyId } }],
      },
    ],
  }
}
