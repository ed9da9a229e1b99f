import { toCreatedAndUpdated, toLater, toMoment, toStamp } from '../clock.ts'
import type { Dice } from '../dice.ts'
import { toEmail, toPersonName, toPhone } from '../invented/people.ts'
import { FACILITY_TYPES, toHouseName } from '../invented/places.ts'
import { KNOWN_LOGINS, TEST_PASSWORD_HASH } from '../known-logins.ts'
import { type Row, type RowWithId, toRows } from '../row.ts'
import type { Agency } from './agencies.ts'

/** A row of any of the three user tables. */
export type User = RowWithId & { readonly email: string; readonly isDeleted: boolean }

/** center_users: the known logins first, then administrators and staff: active, inactive and deleted. */
export function toCenterUsers(seed: string, count: number): readonly User[] {
  const { admin, user, inactive, deleted } = KNOWN_LOGINS.center
  const known: readonly Known[] = [
    { email: admin, isActive: true, userType: 'ADMIN' },
    { email: user, isActive: true, userType: 'USER' },
    { email: inactive, isActive: false, userType: 'USER' },
    { email: deleted, isActive: false, isDeleted: true, userType: 'USER' },
  ]
  return toRows(`${seed}/center_users`, count, (dice, index) => ({
    ...toAccount(dice, `c${index}`),
    userType: dice.chance(0.12) ? 'ADMIN' : 'USER',
    phone: dice.maybe(0.6, () => toPhone(dice)),
    emailNotifications: dice.chance(0.8),
    smsNotifications: dice.chance(0.3),
    ...toKnown(known[index]),
  })).map(withDeletion)
}

/** healthcare_users: the known logins first; later rows are partly sub-users of earlier ones. */
export function toHealthcareUsers(seed: string, count: number): readonly User[] {
  const { active, sub, inactive, deleted } = KNOWN_LOGINS.healthcare
  const known: readonly Known[] = [
    { email: active, isActive: true, orgAdmin: true, manageMultipleLocations: true },
    { email: sub, isActive: true, isSubUser: true, mustChangePassword: false },
    { email: inactive, isActive: false },
    { email: deleted, isActive: false, isDeleted: true },
  ]
  const users = toRows(`${seed}/healthcare_users`, count, (dice, index) => ({
    ...toAccount(dice, `h${index}`),
    facilityName: toHouseName(dice),
    facilityType: dice.pick(FACILITY_TYPES),
    userType: 'HEALTHCARE',
    smsNotifications: dice.chance(0.2),
    manageMultipleLocations: dice.chance(0.3),
    ...toSubUser(dice, index),
    ...toKnown(known[index]),
  }))
  return withParents(seed, users).map(withDeletion)
}

/** ems_users: the known logins first. Some belong to no agency; the last ten agencies have no user. */
export function toEmsUsers(seed: string, count: number, agencies: readonly Agency[]): readonly User[] {
  const { active, sub, inactive, deleted, withoutAgency } = KNOWN_LOGINS.ems
  const [first] = agencies as readonly [Agency]
  const own = { agencyId: first.id, agencyName: first.name }
  const known: readonly Known[] = [
    { email: active, isActive: true, orgAdmin: true, ...own },
    { email: sub, isActive: true, isSubUser: true, mustChangePassword: false, ...own },
    { email: inactive, isActive: false, ...own },
    { email: deleted, isActive: false, isDeleted: true, ...own },
    { email: withoutAgency, isActive: true, agencyId: null, agencyName: 'Agency not registered' },
  ]
  const users = toRows(`${seed}/ems_users`, count, (dice, index) => {
    const agency = dice.pick(agencies.slice(0, -10))
    return {
      ...toAccount(dice, `e${index}`),
      agencyName: agency.name,
      agencyId: dice.maybe(0.9, () => agency.id),
      userType: 'EMS',
      ...toSubUser(dice, index),
      ...toKnown(known[index]),
    }
  })
  return withParents(seed, users).map(withDeletion)
}

type Known = Row & { readonly email: string; readonly isActive: boolean; readonly isDeleted?: boolean }

/** Columns that a known login fixes; nothing for other users. */
function toKnown(login: Known | undefined): Known | Record<string, never> {
  return login ? { isDeleted: false, ...login } : {}
}

function toAccount(dice: Dice, key: string) {
  const made = toMoment(dice)
  const name = toPersonName(dice)
  const isDeleted = dice.chance(0.06)
  const seen = (days: number) => dice.maybe(0.7, () => toStamp(dice, toLater(dice, made, days)))
  return {
    id: dice.id(),
    email: toEmail(name, key),
    password: TEST_PASSWORD_HASH,
    name,
    isActive: !isDeleted && dice.chance(0.85),
    isDeleted,
    deletedAt: toStamp(dice, toLater(dice, made, 900)),
    lastLogin: seen(600),
    lastActivity: seen(600),
    ...toCreatedAndUpdated(dice, made),
  }
}

/** Removes the time of deletion from a user who is not deleted. */
function withDeletion(user: User & { readonly deletedAt: string }): User {
  return { ...user, deletedAt: user.isDeleted ? user.deletedAt : null }
}

function toSubUser(dice: Dice, index: number) {
  const isSubUser = index > 10 && dice.chance(0.2)
  return {
    isSubUser,
    parentUserId: null as string | null,
    mustChangePassword: isSubUser && dice.chance(0.4),
    orgAdmin: !isSubUser && dice.chance(0.15),
  }
}

type Member = ReturnType<typeof toAccount> & ReturnType<typeof toSubUser>

/**
 * Gives sub-users one of the earliest users as their parent, the known sub-user the first one. A few have lost their
 * parent.
 */
function withParents<R extends Member>(seed: string, users: readonly R[]): readonly R[] {
  const parents = users.slice(0, 40).filter((user) => !user.isSubUser && !user.isDeleted)
  const first = parents[0] as R
  return toRows(`${seed}/parents`, users.length, (dice, index) => {
    const user = users[index] as R
    if (!user.isSubUser) return user
    const parentUserId = index < 5 ? first.id : dice.maybe(0.95, () => dice.pick(parents).id)
    return { ...user, parentUserId }
  })
}
