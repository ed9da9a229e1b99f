import { toCreatedAndUpdated, toMoment, toStamp } from '../clock.ts'
import { toNotes, URGENCY_LEVELS } from '../invented/care.ts'
import { type Row, type RowWithId, toRows } from '../row.ts'
import type { User } from './accounts.ts'
import type { Agency } from './agencies.ts'
import type { Location } from './houses.ts'
import { LONGEST, toPatient, toTimes } from './transport-details.ts'
import type { TransportPlaces } from './trips.ts'

/** Further rows that transport requests refer to. */
export interface RequestPlaces extends TransportPlaces {
  readonly locations: readonly Location[]
  readonly healthcareUsers: readonly User[]
}

/**
 * transport_requests: three in four name every place and a unit, so that each foreign key is used. The first ten
 * belong to the first healthcare user.
 */
export function toTransportRequests(
  seed: string,
  count: number,
  places: RequestPlaces,
): readonly RowWithId[] {
  return toRows(`${seed}/transport_requests`, count, (dice, index) => {
    const made = toMoment(dice) - LONGEST
    const times = toTimes(dice, made)
    const placed = index < 10 || dice.chance(0.75)
    const ifPlaced = <T>(value: () => T) => (placed ? value() : dice.maybe(0.3, value))
    const fromLocation = index < 10 ? (places.locations[index % 3] as Location) : dice.pick(places.locations)
    const healthcareUserId = index < 10 ? fromLocation.healthcareUserId : dice.pick(places.healthcareUsers).id
    return {
      id: dice.id(),
      tripNumber: dice.maybe(0.9, () => `REQ-${String(index + 1).padStart(6, '0')}`),
      ...toPatient(dice),
      originFacilityId: ifPlaced(() => dice.pick(places.facilities).id),
      destinationFacilityId: ifPlaced(() => dice.pick(places.facilities).id),
      fromLocation: fromLocation.locationName,
      toLocation: dice.maybe(0.9, () => dice.pick(places.hospitals).name),
      fromLocationId: ifPlaced(() => fromLocation.id),
      isMultiLocationFacility: dice.chance(0.3),
      scheduledTime: dice.maybe(0.9, () => toStamp(dice, made + dice.between(30, 4000))),
      urgencyLevel: dice.maybe(0.95, () => dice.pick(URGENCY_LEVELS)),
      status: times.status,
      specialRequirements: dice.maybe(0.3, () => 'Isolation gown;\tlift team'),
      selectedAgencies: dice.maybe(0.85, () => dice.some(places.agencies, 0, 4).map((one) => one.id)),
      requestTimestamp: toStamp(dice, made),
      acceptedTimestamp: times.accepted,
      pickupTimestamp: times.pickup,
      arrivalTimestamp: times.pickup,
      departureTimestamp: times.pickup,
      completionTimestamp: times.completed,
      healthcareCompletionTimestamp: times.completed,
      emsCompletionTimestamp:
        times.completed === null ? null : dice.maybe(0.8, () => toStamp(dice, made + 600)),
      pickupLocationId: ifPlaced(() => dice.pick(places.pickupLocations).id),
      assignedAgencyId: dice.maybe(0.7, () => dice.pick(places.agencies).id),
      assignedUnitId: ifPlaced(() => dice.pick(places.units).id),
      createdById: dice.maybe(0.4, () => dice.pick(places.staff).id),
      healthcareCreatedById: index < 10 ? healthcareUserId : dice.maybe(0.9, () => healthcareUserId),
      isolation: dice.chance(0.1),
      bariatric: dice.chance(0.08),
      ...toCreatedAndUpdated(dice, made),
    }
  })
}

/**
 * agency_responses, several for each request. Some belong to an agency that is gone, which no foreign key forbids.
 */
export function toAgencyResponses(
  seed: string,
  count: number,
  requests: readonly RowWithId[],
  { agencies, units }: TransportPlaces,
): readonly Row[] {
  return toRows(`${seed}/agency_responses`, count, (dice, index) => {
    const made = toMoment(dice)
    const response = dice.pick(['ACCEPTED', 'ACCEPTED', 'DECLINED', 'PENDING'])
    return {
      id: dice.id(),
      tripId: (requests[Math.floor(index / 2) % requests.length] as RowWithId).id,
      agencyId:
        index % 25 === 24 ? `gone-${index}` : (index < 10 ? (agencies[0] as Agency) : dice.pick(agencies)).id,
      response,
      responseTimestamp: toStamp(dice, made),
      responseNotes: toNotes(dice),
      estimatedArrival: response === 'ACCEPTED' ? toStamp(dice, made + dice.between(5, 90)) : null,
      isSelected: response === 'ACCEPTED' && index % 2 === 0,
      assignedUnitId: index < 10 || dice.chance(0.8) ? dice.pick(units).id : null,
      ...toCreatedAndUpdated(dice, made),
    }
  })
}
