import { toCreatedAndUpdated, toLater, toMoment, toStamp } from '../clock.ts'
import { TRANSPORT_LEVELS } from '../invented/care.ts'
import { toEmail, toPersonName, toPhone } from '../invented/people.ts'
import { REGIONS, toAddress, toPoint, toServiceName, toTown } from '../invented/places.ts'
import { type Row, type RowWithId, toRows } from '../row.ts'

export type Agency = RowWithId & { readonly name: string }
export type Unit = RowWithId & { readonly agencyId: string }

/**
 * ems_agencies. The first is `First Response Marlow`, active and available.
 * @param adders ids of the users that added some of them
 * @param addedAtGaps share of rows whose hand-made addedAt was never filled
 */
export function toAgencies(
  seed: string,
  count: number,
  { adders, addedAtGaps }: { readonly adders: readonly string[]; readonly addedAtGaps: number },
): readonly Agency[] {
  return toRows(`${seed}/ems_agencies`, count, (dice, index) => {
    const made = toMoment(dice)
    const { createdAt, updatedAt } = toCreatedAndUpdated(dice, made)
    const contactName = toPersonName(dice)
    const totalUnits = dice.between(0, 14)
    const approved = dice.chance(0.6)
    const isActive = index === 0 || dice.chance(0.9)
    return {
      id: dice.id(),
      name: index === 0 ? 'First Response Marlow' : `${toServiceName(dice)} ${index}`,
      contactName,
      phone: toPhone(dice),
      email: toEmail(contactName, `a${index}`),
      ...toAddress(dice),
      serviceArea: dice.maybe(0.9, () => dice.some(REGIONS, 0, 3)),
      operatingHours: dice.maybe(0.7, () => ({ json: toHours(dice.chance(0.5)) })),
      capabilities: dice.maybe(0.95, () => dice.some(TRANSPORT_LEVELS, 0, 3)),
      pricingStructure: dice.maybe(0.5, () => ({
        json: {
          currency: 'USD',
          base: { BLS: dice.between(150, 400), ALS: dice.between(400, 900) },
          tiers: [
            [0, 10, 4.5],
            [10, null, 3.25],
          ],
          note: dice.maybe(0.3, () => 'per "loaded" mile\nafter the first'),
        },
      })),
      isActive,
      status: isActive ? 'ACTIVE' : dice.pick(['INACTIVE', 'SUSPENDED']),
      addedBy: dice.maybe(0.4, () => dice.pick(adders)),
      addedAt: dice.chance(addedAtGaps) ? null : createdAt,
      createdAt,
      updatedAt,
      acceptsNotifications: dice.chance(0.85),
      approvedAt: approved ? toStamp(dice, toLater(dice, made, 30)) : null,
      approvedBy: approved ? dice.pick(adders) : null,
      availableUnits: dice.between(0, totalUnits),
      lastUpdated: toStamp(dice, toLater(dice, made, 500)),
      ...toPoint(dice),
      notificationMethods: dice.maybe(0.8, () => dice.some(['email', 'sms', 'phone'], 0, 3)),
      requiresReview: dice.chance(0.1),
      serviceRadius: dice.maybe(0.7, () => dice.between(10, 150)),
      totalUnits,
      availabilityStatus:
        index === 0
          ? { json: { isAvailable: true, availableLevels: ['BLS', 'ALS'] } }
          : dice.maybe(0.95, () => {
              const isAvailable = dice.chance(0.6)
              return {
                json: { isAvailable, availableLevels: isAvailable ? dice.some(TRANSPORT_LEVELS, 1, 3) : [] },
              }
            }),
    }
  })
}

/** units: each agency numbers its own, so a number is unique within its agency. The last agencies have none. */
export function toUnits(seed: string, count: number, agencies: readonly Agency[]): readonly Unit[] {
  const fleet = agencies.slice(0, Math.ceil(agencies.length * 0.9))
  return toRows(`${seed}/units`, count, (dice, index) => {
    const made = toMoment(dice)
    const agency = fleet[index % fleet.length] as Agency
    const serviced = dice.maybe(0.7, () => toLater(dice, made, 300))
    const { latitude, longitude } = toPoint(dice)
    const status = dice.pick([
      'AVAILABLE',
      'AVAILABLE',
      'AVAILABLE',
      'ON_CALL',
      'IN_USE',
      'OUT_OF_SERVICE',
      'MAINTENANCE',
    ])
    return {
      id: dice.id(),
      agencyId: agency.id,
      unitNumber: `${dice.pick(['A', 'M', 'Medic ', 'Unit-'])}${100 + Math.floor(index / fleet.length)}`,
      type: dice.pick(['AMBULANCE', 'WHEELCHAIR_VAN', 'CRITICAL_CARE', 'BARIATRIC']),
      status,
      currentStatus: status,
      currentLocation: dice.maybe(0.5, () => `${toTown(dice)} station`),
      capabilities: dice.maybe(0.95, () => dice.some(TRANSPORT_LEVELS, 0, 3)),
      crewSize: dice.between(1, 4),
      equipment: dice.maybe(0.7, () =>
        dice.some(['ventilator', 'IV pump', 'bariatric stretcher, 350 kg', 'stair chair'], 0, 4),
      ),
      location:
        latitude === null
          ? null
          : { json: { lat: latitude, lng: longitude, source: { kind: 'gps', accuracy: [3, 12] } } },
      latitude,
      longitude,
      lastMaintenance: serviced === null ? null : toStamp(dice, serviced),
      nextMaintenance: serviced === null ? null : toStamp(dice, serviced + 90 * 24 * 60),
      isActive: dice.chance(0.92),
      ...toCreatedAndUpdated(dice, made),
      lastStatusUpdate: toStamp(dice, toLater(dice, made, 700)),
    }
  })
}

/** unit_analytics: at most one row for a unit. */
export function toUnitAnalytics(seed: string, units: readonly Unit[]): readonly Row[] {
  const counted = units.slice(0, Math.ceil(units.length * 0.8))
  return toRows(`${seed}/unit_analytics`, counted.length, (dice, index) => {
    const totalTrips = dice.between(0, 900)
    return {
      id: dice.id(),
      unitId: (counted[index] as Unit).id,
      performanceScore: dice.maybe(0.8, () => dice.decimal(0, 100)),
      efficiency: dice.maybe(0.8, () => dice.decimal(0, 100)),
      totalTrips,
      totalTripsCompleted: dice.between(0, totalTrips),
      averageResponseTime: dice.maybe(0.8, () => dice.decimal(4, 90)),
      lastUpdated: toStamp(dice, toMoment(dice)),
    }
  })
}

function toHours(allDay: boolean): object {
  return allDay
    ? { mode: '24/7' }
    : { mode: 'weekly', days: { mon: ['08:00', '18:00'], sat: null }, holidays: [] }
}
