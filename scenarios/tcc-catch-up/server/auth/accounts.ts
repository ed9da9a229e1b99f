import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'

/** The kinds of users, each with its own table, in the order in which the common login looks for an e-mail. */
export const domains = ['CENTER', 'HEALTHCARE', 'EMS'] as const
export type Domain = (typeof domains)[number]

/** A user of any of the three tables who is not soft-deleted. */
export interface Account {
  readonly domain: Domain
  readonly id: string
  readonly email: string
  readonly name: string
  readonly userType: string
  readonly passwordHash: string
  readonly isActive: boolean
  readonly mustChangePassword: boolean
  /** Agency of an EMS user; null when the user belongs to none. */
  readonly agencyId?: string | null
  /** What the answer to a login says beyond id, email, name and userType. */
  readonly profile: Readonly<Record<string, string | boolean | null>>
}

/** A user is found by one of these. */
export type AccountKey = { readonly id: string } | { readonly email: string }

/** The account in this domain's table; null when there is none or it is soft-deleted. One query. */
export function fetchAccount(prisma: PrismaClient, domain: Domain, key: AccountKey): Promise<Account | null> {
  return fetchers[domain](prisma, key)
}

/**
 * Writes the time of a login. False when the user was deactivated or deleted since the password was checked. One
 * statement tests and writes, so nobody can come between.
 */
export async function recordLogin(
  prisma: PrismaClient,
  { domain, id }: Pick<Account, 'domain' | 'id'>,
  at: Date,
): Promise<boolean> {
  const change = {
    where: { id, isActive: true, isDeleted: false },
    data: { lastLogin: at, lastActivity: at },
  }
  const { count } = await {
    CENTER: () => prisma.centerUser.updateMany(change),
    HEALTHCARE: () => prisma.healthcareUser.updateMany(change),
    EMS: () => prisma.eMSUser.updateMany(change),
  }[domain]()
  return count === 1
}

// Only the columns that a login needs are named: a login must not fail for the lack of a column it doesn't use.
const identity = {
  id: true,
  email: true,
  name: true,
  userType: true,
  password: true,
  isActive: true,
} as const

const fetchers: Record<Domain, (prisma: PrismaClient, key: AccountKey) => Promise<Account | null>> = {
  async CENTER(prisma, key) {
    const row = await prisma.centerUser.findUnique({ where: { ...key, isDeleted: false }, select: identity })
    return row && { ...toIdentity('CENTER', row), mustChangePassword: false, profile: {} }
  },
  async HEALTHCARE(prisma, key) {
    const row = await prisma.healthcareUser.findUnique({
      where: { ...key, isDeleted: false },
      select: {
        ...identity,
        mustChangePassword: true,
        facilityName: true,
        facilityType: true,
        manageMultipleLocations: true,
        orgAdmin: true,
      },
    })
    if (!row) return null
    const { facilityName, facilityType, manageMultipleLocations, orgAdmin, mustChangePassword } = row
    const profile = { facilityName, facilityType, manageMultipleLocations, orgAdmin }
    return { ...toIdentity('HEALTHCARE', row), mustChangePassword, profile }
  },
  async EMS(prisma, key) {
    const row = await prisma.eMSUser.findUnique({
      where: { ...key, isDeleted: false },
      select: {
        ...identity,
        mustChangePassword: true,
        orgAdmin: true,
        agency: { select: { id: true, name: true } },
      },
    })
    if (!row) return null
    // The agency's own name, not the copy in the user's row, which stays behind when the agency is renamed.
    const agencyId = row.agency?.id ?? null
    const profile = { agencyName: row.agency?.name ?? null, agencyId, orgAdmin: row.orgAdmin }
    return { ...toIdentity('EMS', row), mustChangePassword: row.mustChangePassword, agencyId, profile }
  },
}

function toIdentity(
  domain: Domain,
  row: { id: string; email: string; name: string; userType: string; password: string; isActive: boolean },
) {
  const { id, email, name, userType, password, isActive } = row
  return { domain, id, email, name, userType, passwordHash: password, isActive }
}
