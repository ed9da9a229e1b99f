import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import type { Account } from '../auth/accounts.ts'
import { agencyOf } from '../auth/agency-of.ts'
import { ApiError } from '../errors.ts'
import { type Role, roleOf } from '../operation.ts'
import { countCompletedTrip } from '../units/count-trip.ts'
import type { TripView } from './fetch-trips.ts'
import { isOpenTo } from './visible-trips.ts'

/** A new status and what becomes known with it. A missing time means now. */
export interface StatusChange {
  readonly status: Status
  readonly assignedAgencyId?: string
  readonly assignedUnitId?: string
  readonly pickupLocationId?: string
  readonly acceptedTimestamp?: string
  readonly pickupTimestamp?: string
  readonly arrivalTimestamp?: string
  readonly departureTimestamp?: string
  readonly completionTimestamp?: string
  readonly healthcareCompletionTimestamp?: string
  readonly emsCompletionTimestamp?: string
  readonly urgencyLevel?: string
  readonly transportLevel?: string
  readonly diagnosis?: string
  readonly mobilityLevel?: string
  readonly specialNeeds?: string
  readonly oxygenRequired?: boolean
  readonly monitoringRequired?: boolean
}

export type Status =
  | 'PENDING'
  | 'PENDING_DISPATCH'
  | 'ACCEPTED'
  | 'DECLINED'
  | 'IN_PROGRESS'
  | 'HEALTHCARE_COMPLETED'
  | 'COMPLETED'
  | 'CANCELLED'

/** The statuses that may follow each status. */
const next: Readonly<Record<Status, readonly Status[]>> = {
  PENDING_DISPATCH: ['PENDING', 'CANCELLED'],
  PENDING: ['PENDING_DISPATCH', 'ACCEPTED', 'DECLINED', 'CANCELLED'],
  DECLINED: ['PENDING_DISPATCH', 'PENDING', 'CANCELLED'],
  ACCEPTED: ['PENDING', 'IN_PROGRESS', 'HEALTHCARE_COMPLETED', 'COMPLETED', 'CANCELLED'],
  IN_PROGRESS: ['HEALTHCARE_COMPLETED', 'COMPLETED', 'CANCELLED'],
  HEALTHCARE_COMPLETED: ['COMPLETED'],
  COMPLETED: [],
  CANCELLED: [],
}

/** The statuses that each role may set. */
const sayable: Readonly<Record<Role, readonly Status[]>> = {
  ADMIN: Object.keys(next) as Status[],
  USER: Object.keys(next) as Status[],
  HEALTHCARE: ['PENDING_DISPATCH', 'PENDING', 'HEALTHCARE_COMPLETED', 'COMPLETED', 'CANCELLED'],
  EMS: ['ACCEPTED', 'IN_PROGRESS', 'COMPLETED'],
}

/**
 * Changes the status of a request. A facility completes its own side (HEALTHCARE_COMPLETED), an agency its side and
 * the trip.
 * @throws ApiError `forbidden`, `conflict` when the status can't follow, `unprocessable` for unknown agencies or
 * units
 */
export async function changeStatus(
  prisma: PrismaClient,
  account: Account,
  trip: TripView,
  change: StatusChange,
): Promise<void> {
  // Each side has a time of its own, whichever comes first.
  const role = roleOf(account)
  const before = trip.status as Status
  assertSayable(account, trip, change)
  const isOfFacility = role === 'HEALTHCARE'
  const isCompletion = change.status === 'COMPLETED' || change.status === 'HEALTHCARE_COMPLETED'
  // The facility's side may be completed before or after the agency's; the trip as a whole ends with the agency's.
  const isLateCompletion = isOfFacility && isCompletion && before === 'COMPLETED'
  const status = isLateCompletion
    ? 'COMPLETED'
    : isOfFacility && isCompletion
      ? 'HEALTHCARE_COMPLETED'
      : change.status
  if (status !== before && !next[before].includes(status)) {
    throw new ApiError('conflict', `A trip that is ${before} can't become ${status}.`)
  }
  const assignment = await toAssignment(prisma, account, trip, { ...change, status })
  const { count } = await prisma.transportRequest.updateMany({
    // Whoever read the same status a moment ago must not take the trip a second time.
    where: { id: trip.id, status: before },
    data: { ...change, ...toTimes(role, trip, change, status), ...assignment, status },
  })
  if (count === 0) throw new ApiError('conflict', 'The status of the trip has changed in the meantime.')
  const unitId = change.assignedUnitId ?? trip.assignedUnitId
  if (status === 'COMPLETED' && before !== 'COMPLETED' && unitId) await countCompletedTrip(prisma, unitId)
}

function assertSayable(account: Account, trip: TripView, change: StatusChange): void {
  const { status, assignedAgencyId, assignedUnitId } = change
  const role = roleOf(account)
  if (!sayable[role].includes(status)) throw new ApiError('forbidden', `${status} is not for you to say.`)
  if (role === 'HEALTHCARE' && (assignedAgencyId !== undefined || assignedUnitId !== undefined)) {
    throw new ApiError('forbidden', 'Facilities select a response instead of assigning agencies or units.')
  }
  if (role !== 'EMS') return
  const agencyId = agencyOf(account)
  const isOwn = trip.assignedAgencyId === agencyId
  if (!isOwn && !(status === 'ACCEPTED' && isOpenTo(agencyId, trip))) {
    throw new ApiError('forbidden', 'This trip is not assigned to your agency.')
  }
  if (assignedAgencyId !== undefined && assignedAgencyId !== agencyId) {
    throw new ApiError('forbidden', 'An agency assigns trips to itself only.')
  }
}

async function toAssignment(prisma: PrismaClient, account: Account, trip: TripView, change: StatusChange) {
  // Given back, a trip belongs to nobody.
  if (change.status === 'PENDING' && trip.status === 'ACCEPTED') {
    return { assignedAgencyId: null, assignedUnitId: null, acceptedTimestamp: null }
  }
  const own = account.domain === 'EMS' && change.status === 'ACCEPTED' ? agencyOf(account) : undefined
  const agencyId = change.assignedAgencyId ?? own ?? trip.assignedAgencyId
  if (change.status === 'ACCEPTED' && agencyId === null) {
    throw new ApiError('unprocessable', 'Say which agency accepts the trip.')
  }
  if (change.assignedAgencyId) {
    const count = await prisma.eMSAgency.count({ where: { id: change.assignedAgencyId } })
    if (count === 0) throw new ApiError('unprocessable', 'There is no such agency.')
  }
  if (change.assignedUnitId) await assertUnit(prisma, agencyId, change.assignedUnitId)
  if (change.pickupLocationId) {
    const where = { id: change.pickupLocationId, isActive: true }
    const location = await prisma.pickup_locations.findFirst({ where, select: { id: true } })
    if (!location) throw new ApiError('unprocessable', 'There is no such pickup location.')
  }
  return agencyId === trip.assignedAgencyId ? {} : { assignedAgencyId: agencyId }
}

function toTimes(role: Role, trip: TripView, change: StatusChange, status: Status) {
  const now = new Date()
  const times: Partial<Record<Time, string | Date>> = {}
  const stamp = (time: Time) => {
    if (change[time] === undefined && trip[time] === null) times[time] = now
  }
  if (status === 'ACCEPTED') stamp('acceptedTimestamp')
  if (status === 'IN_PROGRESS') stamp('pickupTimestamp')
  if (role === 'HEALTHCARE' && ['HEALTHCARE_COMPLETED', 'COMPLETED'].includes(status)) {
    stamp('healthcareCompletionTimestamp')
  }
  if (role !== 'HEALTHCARE' && status === 'HEALTHCARE_COMPLETED') stamp('healthcareCompletionTimestamp')
  if (role !== 'HEALTHCARE' && status === 'COMPLETED') {
    stamp('completionTimestamp')
    if (role === 'EMS') stamp('emsCompletionTimestamp')
  }
  return times
}

type Time =
  | 'acceptedTimestamp'
  | 'pickupTimestamp'
  | 'completionTimestamp'
  | 'healthcareCompletionTimestamp'
  | 'emsCompletionTimestamp'

/**
 * Makes sure that a unit belongs to an agency.
 * @throws ApiError `unprocessable`
 */
export async function assertUnit(
  prisma: PrismaClient,
  agencyId: string | null,
  unitId: string,
): Promise<void> {
  const count =
    agencyId === null ? 0 : await prisma.unit.count({ where: { id: unitId, agencyId, isActive: true } })
  if (count === 0) throw new ApiError('unprocessable', 'The agency has no such unit.')
}
