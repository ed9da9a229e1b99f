import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'

const finished = ['COMPLETED', 'HEALTHCARE_COMPLETED']

/** For each agency its assigned transports, its active units, and how fast those respond on average. */
export async function fetchAgencyFigures(prisma: PrismaClient) {
  const [agencies, trips, figures] = await Promise.all([
    prisma.eMSAgency.findMany({
      select: { id: true, name: true, _count: { select: { units: { where: { isActive: true } } } } },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
    prisma.transportRequest.groupBy({ by: ['assignedAgencyId', 'status'], _count: { id: true } }),
    prisma.unit_analytics.findMany({
      where: { averageResponseTime: { not: null } },
      select: { averageResponseTime: true, unit: { select: { agencyId: true } } },
    }),
  ])
  return agencies.map(({ id, name, _count }) => {
    const times = figures
      .filter(({ unit }) => unit.agencyId === id)
      .map(({ averageResponseTime }) => averageResponseTime?.toNumber() ?? 0)
    return {
      agencyId: id,
      agencyName: name,
      ...toTripFigures(trips.filter(({ assignedAgencyId }) => assignedAgencyId === id)),
      activeUnits: _count.units,
      averageResponseTime: times.length === 0 ? null : toTenths(times.reduce((a, b) => a + b) / times.length),
    }
  })
}

/** For each hospital the transports from one of its pickup locations. */
export async function fetchHospitalFigures(prisma: PrismaClient) {
  const [hospitals, pickups, trips] = await Promise.all([
    prisma.hospital.findMany({ select: { id: true, name: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
    prisma.pickup_locations.findMany({ select: { id: true, hospitalId: true } }),
    prisma.transportRequest.groupBy({
      by: ['pickupLocationId', 'status'],
      where: { pickupLocationId: { not: null } },
      _count: { id: true },
    }),
  ])
  const hospitalOf = new Map(pickups.map(({ id, hospitalId }) => [id, hospitalId]))
  return hospitals.map(({ id, name }) => ({
    hospitalId: id,
    hospitalName: name,
    ...toTripFigures(trips.filter(({ pickupLocationId }) => hospitalOf.get(pickupLocationId ?? '') === id)),
    pickupLocations: pickups.filter(({ hospitalId }) => hospitalId === id).length,
  }))
}

function toTripFigures(
  groups: readonly { readonly status: string; readonly _count: { readonly id: number } }[],
) {
  const totalTrips = groups.reduce((total, { _count }) => total + _count.id, 0)
  const completedTrips = groups
    .filter(({ status }) => finished.includes(status))
    .reduce((total, { _count }) => total + _count.id, 0)
  const completionRate = totalTrips === 0 ? null : toTenths((100 * completedTrips) / totalTrips)
  return { totalTrips, completedTrips, completionRate }
}

function toTenths(value: number): number {
  return Math.round(value * 10) / 10
}
