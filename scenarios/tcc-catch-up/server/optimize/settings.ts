import { randomUUID } from 'node:crypto'
import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import { toPlainRow } from '../plain-row.ts'

/** Owner of settings: an agency, or null for all agencies without their own. */
export type SettingsOwner = string | null

/** Weights and limits as the client sends them. */
export type SettingsInput = Readonly<Record<string, number | boolean | string>>

/**
 * The active settings of an agency, the newest when several exist. Without any, it makes them with the database's
 * defaults.
 */
export function ensureSettings(prisma: PrismaClient, agencyId: SettingsOwner) {
  return writeSettings(prisma, agencyId, {})
}

/** Overwrites the settings. */
export async function writeSettings(prisma: PrismaClient, agencyId: SettingsOwner, change: SettingsInput) {
  const row = await prisma.$transaction(async (tx) => {
    // Nothing in the table keeps an agency from getting two rows, so whoever looks and inserts does it alone.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`route_optimization_settings ${agencyId ?? ''}`}))`
    const current = await tx.route_optimization_settings.findFirst({
      where: { agencyId, isActive: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    })
    if (!current) {
      return tx.route_optimization_settings.create({
        data: { ...change, id: randomUUID(), agencyId, updatedAt: new Date() },
      })
    }
    if (Object.keys(change).length === 0) return current
    return tx.route_optimization_settings.update({
      where: { id: current.id },
      data: { ...change, updatedAt: new Date() },
    })
  })
  return toPlainRow(row)
}

/** Resets the settings to the defaults. The old rows stay, inactive. */
export async function resetSettings(prisma: PrismaClient, agencyId: SettingsOwner) {
  await prisma.route_optimization_settings.updateMany({
    where: { agencyId, isActive: true },
    data: { isActive: false, updatedAt: new Date() },
  })
  return ensureSettings(prisma, agencyId)
}
