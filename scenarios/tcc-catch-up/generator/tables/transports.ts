import { type Minute, toCreatedAndUpdated, toMoment, toStamp } from '../clock.ts'
import type { Dice } from '../dice.ts'
import {
  DIAGNOSES,
  INSURANCES,
  MOBILITY,
  PRIORITIES,
  TRANSPORT_LEVELS,
  toNotes,
  toPatientId,
  URGENCY_LEVELS,
} from '../invented/care.ts'
import { type Row, type RowWithId, toRows } from '../row.ts'
import type { User } from './accounts.ts'
import type { Agency, Unit } from './agencies.ts'
import type { House, Location } from './houses.ts'

/** More minutes than any transport takes, so that none ends after the snapshot was taken. */
const LONGEST = 1000

/** Rows that transports refer to, some of them only by convention, without a foreign key. */
export interface TransportPlaces {
  readonly hospitals: readonly House[]
  readonly facilities: readonly House[]
  readonly agencies: readonly Agency[]
  readonly units: readonly Unit[]
  /** Center users: who trips are assigned to. */
  readonly staff: readonly User[]
  readonly pickupLocations: readonly RowWithId[]
}

/** trips: old ones mostly finished, times in the order they happened. Some name an agency that is gone. */
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

/** Who else transport requests refer to. */
export interface RequestPlaces extends TransportPlaces {
  readonly locations: readonly Location[]
  readonly healthcareUsers: readonly User[]
}

/** transport_requests: three in four name every place and a unit, so that each foreign key is used; the first ten are of the first healthcare user. */
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

/** agency_responses: a request has several. Some are of an agency that is gone, which no foreign key forbids. */
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

function toPatient(dice: Dice) {
  const age = dice.maybe(0.6, () => dice.between(0, 101))
  return {
    patientId: toPatientId(dice),
    patientWeight: dice.maybe(0.6, () => `${dice.between(3, 190)}`),
    specialNeeds: dice.maybe(0.3, () =>
      dice.pick(['Hearing aid', 'Bariatric stretcher', 'Interpreter (signs)', 'None']),
    ),
    transportLevel: dice.pick(TRANSPORT_LEVELS),
    diagnosis: dice.maybe(0.8, () => dice.pick(DIAGNOSES)),
    mobilityLevel: dice.maybe(0.7, () => dice.pick(MOBILITY)),
    oxygenRequired: dice.chance(0.25),
    monitoringRequired: dice.chance(0.2),
    ...toQrCode(dice),
    notificationRadius: dice.maybe(0.6, () => dice.pick([25, 50, 100])),
    priority: dice.pick(PRIORITIES),
    notes: toNotes(dice),
    patientAgeYears: age,
    patientAgeCategory: age === null ? null : age < 1 ? 'NEWBORN' : age < 18 ? 'CHILD' : 'ADULT',
  }
}

function toQrCode(dice: Dice): { generateQRCode: boolean; qrCodeData: string | null } {
  const generateQRCode = dice.chance(0.2)
  return { generateQRCode, qrCodeData: generateQRCode ? JSON.stringify({ v: 1, key: dice.uuid() }) : null }
}

function toTimes(dice: Dice, made: Minute) {
  const status = dice.pick([
    'COMPLETED',
    'COMPLETED',
    'COMPLETED',
    'COMPLETED',
    'PENDING',
    'PENDING_DISPATCH',
    'ACCEPTED',
    'DECLINED',
    'IN_PROGRESS',
    'HEALTHCARE_COMPLETED',
    'CANCELLED',
  ] as const)
  const reached = {
    PENDING: 0,
    PENDING_DISPATCH: 0,
    DECLINED: 0,
    CANCELLED: 0,
    ACCEPTED: 1,
    IN_PROGRESS: 2,
    HEALTHCARE_COMPLETED: 3,
    COMPLETED: 3,
  }[status]
  const step = [5, 45, 40].map((least) => dice.between(least, least * 4))
  const at = (steps: number) =>
    reached < steps ? null : toStamp(dice, made + step.slice(0, steps).reduce((sum, one) => sum + one, 0))
  return { status, accepted: at(1), pickup: at(2), completed: at(3) }
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
