import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import { toDatabaseFault } from '../database-fault.ts'
import { ApiError } from '../errors.ts'
import { type Domain, domains } from './accounts.ts'

/** A user of any kind as administrators see one. */
export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly userType: string
  readonly isActive: boolean
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly domain: Domain
  readonly orgAdmin: boolean
  readonly isSubUser: boolean
  readonly parentUserId: string | null
  readonly parent: { readonly id: string; readonly email: string; readonly name: string } | null
}

/**
 * The changes that administrators can make to a user's row. Center users have no `mustChangePassword` and `orgAdmin`.
 */
export interface UserChange {
  readonly password?: string
  readonly userType?: string
  readonly isActive?: boolean
  readonly orgAdmin?: boolean
  readonly mustChangePassword?: boolean
}

const common = {
  id: true,
  email: true,
  name: true,
  userType: true,
  isActive: true,
  createdAt: true,
  updatedAt: true,
} as const
const organised = {
  ...common,
  orgAdmin: true,
  isSubUser: true,
  parentUserId: true,
  parent: { select: { id: true, email: true, name: true } },
} as const
const unorganised = { orgAdmin: false, isSubUser: false, parentUserId: null, parent: null } as const

/**
 * All users who are not deleted, of every kind that has a table, and the missing tables. Each kind has its own query,
 * so that a missing table hides nobody else's users.
 */
export async function fetchUsers(
  prisma: PrismaClient,
): Promise<{ readonly users: readonly User[]; readonly missing: readonly string[] }> {
  const users: User[] = []
  const missing: string[] = []
  for (const domain of domains) {
    try {
      users.push(...(await fetchUsersOf(prisma, domain, {})))
    } catch (error) {
      const fault = toDatabaseFault(error)
      if (fault?.kind !== 'schema-incomplete' || fault.object !== 'table') throw error
      missing.push(fault.missing)
    }
  }
  return { users, missing }
}

/**
 * One user who is not deleted.
 * @throws ApiError `not-found`
 */
export async function fetchUser(prisma: PrismaClient, domain: Domain, id: string): Promise<User> {
  const [user] = await fetchUsersOf(prisma, domain, { id })
  if (!user) throw new ApiError('not-found', 'There is no such user.')
  return user
}

/**
 * Changes the row of a user who is not deleted, in one statement.
 * @throws ApiError `not-found`
 */
export async function changeUser(
  prisma: PrismaClient,
  domain: Domain,
  id: string,
  data: UserChange,
): Promise<void> {
  const where = { id, isDeleted: false }
  const { mustChangePassword: _must, orgAdmin: _org, ...ofAll } = data
  const { count } = await {
    CENTER: () => prisma.centerUser.updateMany({ where, data: ofAll }),
    HEALTHCARE: () => prisma.healthcareUser.updateMany({ where, data }),
    EMS: () => prisma.eMSUser.updateMany({ where, data }),
  }[domain]()
  if (count === 0) throw new ApiError('not-found', 'There is no such user.')
}

/**
 * Asserts that an e-mail belongs to no user of any kind, deleted ones included, in any spelling: the common login
 * finds only the first one. A kind without a table has no users.
 * @throws ApiError `already-exists`
 */
export async function assertEmailIsFree(
  prisma: PrismaClient,
  email: string,
  besides?: string,
): Promise<void> {
  const query = {
    where: { email: { equals: email, mode: 'insensitive' }, ...(besides && { id: { not: besides } }) },
    select: { id: true },
  } as const
  for (const find of [
    () => prisma.centerUser.findFirst(query),
    () => prisma.healthcareUser.findFirst(query),
    () => prisma.eMSUser.findFirst(query),
  ]) {
    if (await unlessTableIsMissing(find)) {
      throw new ApiError('already-exists', 'There is already a user with this email.')
    }
  }
}

async function unlessTableIsMissing<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    const fault = toDatabaseFault(error)
    if (fault?.kind === 'schema-incomplete' && fault.object === 'table') return null
    throw error
  }
}

async function fetchUsersOf(
  prisma: PrismaClient,
  domain: Domain,
  key: { readonly id?: string },
): Promise<User[]> {
  const where = { ...key, isDeleted: false }
  const orderBy = [{ createdAt: 'asc' }, { id: 'asc' }] as const
  switch (domain) {
    case 'CENTER': {
      const rows = await prisma.centerUser.findMany({ where, select: common, orderBy: [...orderBy] })
      return rows.map((row) => ({ ...row, domain, ...unorganised }))
    }
    case 'HEALTHCARE': {
      const rows = await prisma.healthcareUser.findMany({ where, select: organised, orderBy: [...orderBy] })
      return rows.map((row) => ({ ...row, domain }))
    }
    case 'EMS': {
      const rows = await prisma.eMSUser.findMany({ where, select: organised, orderBy: [...orderBy] })
      return rows.map((row) => ({ ...row, domain }))
    }
  }
}
