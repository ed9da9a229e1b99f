import { toCreatedAndUpdated, toMoment, toStamp } from '../clock.ts'
import type { Dice } from '../dice.ts'
import { INSURANCES, URGENCY_LEVELS } from '../invented/care.ts'
import { type Row, type RowWithId, toRows } from '../row.ts'
import type { User } from './accounts.ts'
import type { Agency, Unit } from './agencies.ts'
import type { House } from './houses.ts'
import { LONGEST, toPatient, toTimes } from './transport-details.ts'

/** Rows that transports refer to, some of them only by convention, without a foreign key. */
export interface TransportPlaces {
  readonly hospitals: readonly House[]
  readonly facilities: readonly House[]
  readonly agencies: readonly Agency[]
  readonly units: readonly Unit[]
  /** Center users to whom trips are assigned. */
  readonly staff: readonly User[]
  readonly pickupLocations: readonly RowWithId[]
}

/** trips: old ones are mostly finished, with times in their order. Some name an agency that is gone. */
export function toTrips(seed: string, count: number, places: TransportPlaces): readonly RowWithId[] {
  return toRows(`${seed}/trips`, count, (dice, index) => {
    const made = toMoment(dice) - LONGEST
    const times = toTimes(dice, made)
    const responded = times.accepted !== null
    const loaded = dice.decimal(1, 180)
    const agency = dice.pick(places.agencies)
    return {
      id: dice.id(),
      tripNumber: `TRP-${String(index + 1).padStart(6, '0')}`,
      ...toPatient(dice),
      fromLocation: dice.pick(places.hospitals).name,
      toLocation: dice.pick(places.facilities).name,
      scheduledTime: toStamp(dice, made + dice.between(30, 4000)),
      urgencyLevel: dice.pick(URGENCY_LEVELS),
      transferRequestTime: toStamp(dice, made),
      transferAcceptedTime: times.accepted,
      emsArrivalTime: times.pickup,
      emsDepartureTime: times.pickup,
      actualStartTime: times.pickup,
      actualEndTime: times.completed,
      status: times.status,
      assignedTo: dice.maybe(0.5, () => dice.pick(places.staff).id),
      assignedAgencyId: responded ? (dice.chance(0.03) ? `gone-${dice.below(1000)}` : agency.id) : null,
      assignedUnitId: responded ? dice.pick(places.units).id : null,
      acceptedTimestamp: times.accepted,
      pickupTimestamp: times.pickup,
      completionTimestamp: times.completed,
      selectedAgencies: dice.maybe(0.85, () => dice.some(places.agencies, 0, 4).map((one) => one.id)),
      ...toCreatedAndUpdated(dice, made),
      ...toFigures(dice, times.completed !== null, loaded),
      requestTimestamp: dice.maybe(0.95, () => toStamp(dice, made)),
      pickupLocationId:
        places.pickupLocations.length === 0
          ? null
          : dice.maybe(0.7, () => dice.pick(places.pickupLocations).id),
      maxResponses: dice.pick([5, 5, 5, 3, 10]),
      responseDeadline: dice.maybe(0.4, () => toStamp(dice, made + 120)),
      responseStatus: responded ? 'AGENCY_SELECTED' : dice.pick(['PENDING', 'RESPONSES_RECEIVED']),
      selectionMode: dice.pick(['SPECIFIC_AGENCIES', 'BROADCAST']),
    }
  })
}

function toFigures(dice: Dice, completed: boolean, loadedMiles: string): Row {
  const known = <T>(value: () => T) => (completed ? dice.maybe(0.7, value) : null)
  return {
    actualTripTimeMinutes: known(() => dice.between(8, 400)),
    backhaulOpportunity: dice.chance(0.1),
    completionTimeMinutes: known(() => dice.between(8, 500)),
    customerSatisfaction: known(() => dice.between(1, 5)),
    deadheadMiles: known(() => dice.between(0, 60) / 4),
    destinationLatitude: known(() => dice.degrees(-48, -44)),
    destinationLongitude: known(() => dice.degrees(-128, -122)),
    distanceMiles: known(() => Number(loadedMiles)),
    efficiency: known(() => dice.decimal(0, 100)),
    estimatedTripTimeMinutes: dice.maybe(0.6, () => dice.between(10, 300)),
    insuranceCompany: dice.maybe(0.6, () => dice.pick(INSURANCES)),
    insurancePayRate: dice.maybe(0.4, () => dice.decimal(100, 4000)),
    loadedMiles: known(() => loadedMiles),
    originLatitude: known(() => dice.degrees(-48, -44)),
    originLongitude: known(() => dice.degrees(-128, -122)),
    perMileRate: dice.maybe(0.4, () => dice.decimal(2, 12)),
    performanceScore: known(() => dice.decimal(0, 100)),
    responseTimeMinutes: known(() => dice.between(1, 120)),
    revenuePerHour: known(() => dice.decimal(40, 900)),
    tripCost: known(() => dice.decimal(80, 5000)),
  }
}
