import { randomInt } from 'node:crypto'
import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'
import type { Account } from '../auth/accounts.ts'
import { ApiError } from '../errors.ts'
import { fetchOwnerId } from '../healthcare/fetch-owner-id.ts'
import { type ResponseFieldsChange, writeResponseFields } from './trip-record.ts'

/** The fields of every way to request a transport. */
interface CommonRequest {
  readonly patientId?: string
  readonly patientWeight?: string
  readonly patientAgeYears?: number
  readonly patientAgeCategory?: string
  readonly specialNeeds?: string
  readonly transportLevel: string
  readonly urgencyLevel?: string
  readonly priority?: string
  readonly scheduledTime?: string
  readonly diagnosis?: string
  readonly mobilityLevel?: string
  readonly oxygenRequired?: boolean
  readonly monitoringRequired?: boolean
  readonly isolation?: boolean
  readonly bariatric?: boolean
  readonly notes?: string
  readonly pickupLocationId?: string
}

/** A request between two facilities of the center's list. */
export interface FacilityRequest extends CommonRequest {
  readonly originFacilityId: string
  readonly destinationFacilityId: string
}

/** A request between two places named by text. */
export interface PlaceRequest extends CommonRequest {
  readonly fromLocation: string
  readonly toLocation: string
  readonly fromLocationId?: string
  readonly generateQRCode?: boolean
  readonly selectedAgencies?: readonly string[]
  readonly notificationRadius?: number
  readonly status?: string
}

const priorityOf: Readonly<Record<string, string>> = { Routine: 'LOW', Urgent: 'MEDIUM', Emergent: 'HIGH' }

/**
 * Creates a request between two facilities, which is open to answers at once.
 * @returns its id
 * @throws ApiError `unprocessable` when a facility or pickup location doesn't exist
 */
export async function createFacilityTrip(
  prisma: PrismaClient,
  account: Account,
  request: FacilityRequest,
): Promise<string> {
  const { originFacilityId, destinationFacilityId, pickupLocationId } = request
  const facilities = await prisma.facility.findMany({
    where: { id: { in: [originFacilityId, destinationFacilityId] }, isActive: true },
    select: { id: true, name: true },
  })
  const nameOf = (id: string) => facilities.find((facility) => facility.id === id)?.name
  const [fromLocation, toLocation] = [nameOf(originFacilityId), nameOf(destinationFacilityId)]
  if (!fromLocation || !toLocation) throw new ApiError('unprocessable', 'There is no such facility.')
  await assertPickupLocation(prisma, pickupLocationId)
  const { id } = await prisma.transportRequest.create({
    data: { ...toData(account, request), fromLocation, toLocation, status: 'PENDING' },
    select: { id: true },
  })
  return id
}

/**
 * Creates a request between two places and, if given, how answers are collected.
 * @returns its id
 * @throws ApiError `unprocessable` when a location or agency doesn't exist, or isn't the user's
 */
export async function createPlaceTrip(
  prisma: PrismaClient,
  account: Account,
  request: PlaceRequest,
  collecting?: ResponseFieldsChange,
): Promise<string> {
  const {
    selectedAgencies = [],
    status = 'PENDING_DISPATCH',
    fromLocationId,
    generateQRCode = false,
  } = request
  await assertLocation(prisma, account, fromLocationId)
  await assertPickupLocation(prisma, request.pickupLocationId)
  await assertAgencies(prisma, selectedAgencies)
  const data = toData(account, request)
  return prisma.$transaction(async (tx) => {
    const trip = await tx.transportRequest.create({
      data: {
        ...data,
        status,
        selectedAgencies: [...selectedAgencies],
        generateQRCode,
        qrCodeData: generateQRCode ? data.tripNumber : null,
        isMultiLocationFacility:
          fromLocationId !== undefined && account.profile.manageMultipleLocations === true,
      },
    })
    if (collecting) await writeResponseFields(tx, trip, collecting)
    return trip.id
  })
}

/**
 * Asserts that these agencies exist.
 * @throws ApiError `unprocessable`
 */
export async function assertAgencies(prisma: PrismaClient, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const count = await prisma.eMSAgency.count({ where: { id: { in: [...ids] } } })
  if (count < new Set(ids).size) throw new ApiError('unprocessable', 'There is no such agency.')
}

function toData<Request extends CommonRequest>(account: Account, request: Request) {
  const isOfFacility = account.domain === 'HEALTHCARE'
  return {
    ...request,
    tripNumber: makeTripNumber(),
    patientId: request.patientId ?? `PT-${randomInt(100_000, 1_000_000)}`,
    priority: request.priority ?? priorityOf[request.urgencyLevel ?? 'Routine'] ?? 'LOW',
    createdById: isOfFacility ? null : account.id,
    healthcareCreatedById: isOfFacility ? account.id : null,
  }
}

/** Makes a trip number. People say it on the telephone, so it has no letters and digits that sound or look alike. */
function makeTripNumber(): string {
  const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
  const random = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')
  return `TR-${random}`
}

async function assertPickupLocation(prisma: PrismaClient, id: string | undefined): Promise<void> {
  if (id === undefined) return
  const location = await prisma.pickup_locations.findFirst({
    where: { id, isActive: true },
    select: { id: true },
  })
  if (!location) throw new ApiError('unprocessable', 'There is no such pickup location.')
}

async function assertLocation(prisma: PrismaClient, account: Account, id: string | undefined): Promise<void> {
  if (id === undefined) return
  const owner =
    account.domain === 'HEALTHCARE' ? { healthcareUserId: await fetchOwnerId(prisma, account) } : {}
  const location = await prisma.healthcareLocation.findFirst({
    where: { id, isActive: true, ...owner },
    select: { id: true },
  })
  if (!location) throw new ApiError('unprocessable', 'There is no such location.')
}
