import { randomUUID } from 'node:crypto'
import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import { toDatabaseFault } from '../database-fault.ts'

/**
 * Counts a completed trip for a unit. The table of figures comes in a later phase than trips. While it is missing, a
 * trip is completed without being counted.
 */
export async function countCompletedTrip(prisma: PrismaClient, unitId: string): Promise<void> {
  const one = { increment: 1 }
  try {
    await prisma.unit_analytics.upsert({
      where: { unitId },
      update: { totalTrips: one, totalTripsCompleted: one, lastUpdated: new Date() },
      create: { id: randomUUID(), unitId, totalTrips: 1, totalTripsCompleted: 1 },
      select: { id: true },
    })
  } catch (error) {
    const fault = toDatabaseFault(error)
    if (fault?.kind !== 'schema-incomplete' || fault.object !== 'table') throw error
  }
}
