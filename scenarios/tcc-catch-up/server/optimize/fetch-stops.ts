import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import { type Coordinates, toCoordinates } from '../distance.ts'
import { ApiError } from '../errors.ts'
import type { Stop } from './route-plan.ts'

const place = { select: { latitude: true, longitude: true } } as const

/**
 * Transport requests as stops of a route, in the requested order. They start at a location of the healthcare user or
 * at the origin facility.
 * @throws ApiError `unprocessable` when one of them does not exist
 */
export async function fetchStops(
  prisma: PrismaClient,
  requestIds: readonly string[],
): Promise<readonly Stop[]> {
  // They end at the destination facility.
  const rows = await prisma.transportRequest.findMany({
    where: { id: { in: [...requestIds] } },
    select: {
      id: true,
      priority: true,
      transportLevel: true,
      scheduledTime: true,
      healthcareLocation: place,
      originFacility: place,
      destinationFacility: place,
    },
  })
  return requestIds.map((id) => {
    const row = rows.find((candidate) => candidate.id === id)
    if (!row) throw new ApiError('unprocessable', 'There is no such transport request among those given.')
    return {
      id,
      priority: row.priority,
      transportLevel: row.transportLevel,
      readyAt: row.scheduledTime,
      origin: toPlace(row.healthcareLocation) ?? toPlace(row.originFacility),
      destination: toPlace(row.destinationFacility),
    }
  })
}

/** The unit and its start, which is its agency's place. Only the last phase knows the unit's own position. */
export async function fetchStart(prisma: PrismaClient, unitId: string) {
  const unit = await prisma.unit.findUnique({
    where: { id: unitId },
    select: { id: true, agencyId: true, agency: place },
  })
  if (!unit) throw new ApiError('unprocessable', 'There is no such unit.')
  return { unitId: unit.id, agencyId: unit.agencyId, home: toPlace(unit.agency) }
}

function toPlace(row: { latitude: number | null; longitude: number | null } | null): Coordinates | null {
  return row && toCoordinates(row)
}
