import { toCreatedAndUpdated, toLater, toMoment, toStamp } from '../clock.ts'
import type { Dice } from '../dice.ts'
import { toNotes } from '../invented/care.ts'
import { toEmail, toPersonName, toPhone } from '../invented/people.ts'
import { CAPABILITIES, FACILITY_TYPES, REGIONS, toAddress, toHouseName, toPoint } from '../invented/places.ts'
import { type Row, type RowWithId, toRows } from '../row.ts'
import type { User } from './accounts.ts'
import type { Agency } from './agencies.ts'

export type House = RowWithId & { readonly name: string }
export type Location = RowWithId & { readonly locationName: string; readonly healthcareUserId: string }

/** hospitals or facilities, which share their columns. */
export function toHouses(
  seed: string,
  table: 'hospitals' | 'facilities',
  count: number,
  approvers: readonly string[],
): readonly House[] {
  return toRows(`${seed}/${table}`, count, (dice, index) => {
    const made = toMoment(dice)
    const approved = dice.chance(0.5)
    const { latitude, longitude } = toPoint(dice)
    return {
      id: dice.id(),
      name: toHouseName(dice),
      ...toAddress(dice),
      phone: dice.maybe(0.85, () => toPhone(dice)),
      email: dice.maybe(0.6, () => toEmail('front desk', `${table.charAt(0)}${index}`)),
      type: dice.pick(FACILITY_TYPES),
      capabilities: dice.maybe(0.9, () => dice.some(CAPABILITIES, 0, 4)),
      region: dice.pick(REGIONS),
      coordinates: latitude === null ? null : { json: { lat: latitude, lng: longitude } },
      latitude,
      longitude,
      operatingHours: dice.maybe(0.6, () =>
        dice.pick(['24/7', 'Mon-Fri 07:00-19:00', 'Mon-Fri 08:00-17:00\nSat 09:00-12:00']),
      ),
      isActive: dice.chance(0.93),
      requiresReview: dice.chance(0.08),
      approvedAt: approved ? toStamp(dice, toLater(dice, made, 40)) : null,
      approvedBy: approved ? dice.pick(approvers) : null,
      ...toCreatedAndUpdated(dice, made),
    }
  })
}

/** healthcare_locations: the first three belong to the first user, the very first is its primary one. */
export function toLocations(seed: string, count: number, users: readonly User[]): readonly Location[] {
  return toRows(`${seed}/healthcare_locations`, count, (dice, index) => ({
    id: dice.id(),
    ...toOwner(dice, index, users),
    locationName: toHouseName(dice),
    ...toAddress(dice),
    phone: dice.maybe(0.8, () => toPhone(dice)),
    facilityType: dice.pick(FACILITY_TYPES),
    isActive: index < 3 || dice.chance(0.9),
    isPrimary: index === 0,
    ...toPoint(dice),
    ...toCreatedAndUpdated(dice, toMoment(dice)),
  }))
}

/** healthcare_destinations: the first three belong to the first user. */
export function toDestinations(seed: string, count: number, users: readonly User[]): readonly Row[] {
  return toRows(`${seed}/healthcare_destinations`, count, (dice, index) => ({
    id: dice.id(),
    ...toOwner(dice, index, users),
    name: toHouseName(dice),
    type: dice.pick(FACILITY_TYPES),
    ...toAddress(dice),
    phone: dice.maybe(0.8, () => toPhone(dice)),
    email: dice.maybe(0.5, () => toEmail('reception', `d${index}`)),
    contactName: dice.maybe(0.6, () => toPersonName(dice)),
    ...toPoint(dice),
    isActive: index < 3 || dice.chance(0.9),
    notes: toNotes(dice),
    ...toCreatedAndUpdated(dice, toMoment(dice)),
  }))
}

/** healthcare_agency_preferences: each pair of user and agency at most once. The first user prefers the first agency. */
export function toAgencyPreferences(
  seed: string,
  count: number,
  users: readonly User[],
  agencies: readonly Agency[],
): readonly Row[] {
  const pairs = users.flatMap((user, at) =>
    [0, 1, 2].map((step) => ({ user, agency: agencies[(at * 3 + step) % agencies.length] })),
  )
  return toRows(`${seed}/healthcare_agency_preferences`, Math.min(count, pairs.length), (dice, index) => ({
    id: dice.id(),
    healthcareUserId: pairs[index]?.user.id as string,
    agencyId: pairs[index]?.agency?.id as string,
    isPreferred: index === 0 || dice.chance(0.4),
    ...toCreatedAndUpdated(dice, toMoment(dice)),
  }))
}

/** pickup_locations: `hospitalId` is a hospital's id or, as the system allows, that of a healthcare location (every fourth). */
export function toPickupLocations(
  seed: string,
  count: number,
  hospitals: readonly House[],
  locations: readonly Location[],
): readonly RowWithId[] {
  return toRows(`${seed}/pickup_locations`, count, (dice, index) => ({
    id: dice.id(),
    hospitalId: (index % 4 === 3 ? dice.pick(locations) : dice.pick(hospitals)).id,
    name: `${dice.pick(['Emergency entrance', 'Main lobby', 'Dialysis bay', 'Loading dock', 'Ward desk'])} ${index}`,
    description: toNotes(dice),
    contactPhone: dice.maybe(0.6, () => toPhone(dice)),
    contactEmail: dice.maybe(0.4, () => toEmail('desk', `p${index}`)),
    floor: dice.maybe(0.7, () => String(dice.between(-1, 9))),
    room: dice.maybe(0.5, () => `${dice.between(1, 9)}${dice.pick(['A', 'B', '-12'])}`),
    isActive: dice.chance(0.9),
    ...toCreatedAndUpdated(dice, toMoment(dice)),
  }))
}

function toOwner(dice: Dice, index: number, users: readonly User[]): { healthcareUserId: string } {
  return { healthcareUserId: (index < 3 ? (users[0] as User) : dice.pick(users)).id }
}
