import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'

/** Counts the accounts of each kind: all, those used in the last days, and those new in them. */
export async function fetchAccountFigures(prisma: PrismaClient, days: number) {
  const since = new Date(Date.now() - days * 86_400_000)
  const there = { isDeleted: false }
  const figuresOf = async (count: (where: object) => Promise<number>) => {
    const [total, active, deleted, recentlyUsed, registered] = await Promise.all([
      count(there),
      count({ ...there, isActive: true }),
      count({ isDeleted: true }),
      count({ ...there, lastActivity: { gte: since } }),
      count({ ...there, createdAt: { gte: since } }),
    ])
    return { total, active, deleted, recentlyUsed, idle: total - recentlyUsed, registered }
  }
  const center = await figuresOf((where) => prisma.centerUser.count({ where }))
  const healthcare = await figuresOf((where) => prisma.healthcareUser.count({ where }))
  const ems = await figuresOf((where) => prisma.eMSUser.count({ where }))
  return { since, center, healthcare, ems }
}
