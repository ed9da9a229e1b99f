import type { Prisma, PrismaClient } from '../../../../generated/tcc-client/client.ts'

/**
 * How answers to a request are collected. The trip record of the same id stores it, because requests have no such
 * columns.
 */
export interface ResponseFields {
  readonly responseStatus: string
  readonly selectionMode: string
  readonly maxResponses: number
  readonly responseDeadline: Date | null
}

const select = {
  responseStatus: true,
  selectionMode: true,
  maxResponses: true,
  responseDeadline: true,
} as const

/** The values for a request without a record: the defaults of the columns. */
const byDefault: ResponseFields = {
  responseStatus: 'PENDING',
  selectionMode: 'SPECIFIC_AGENCIES',
  maxResponses: 5,
  responseDeadline: null,
}

/** How answers to a request are collected. One query. */
export async function fetchResponseFields(
  prisma: Pick<PrismaClient, 'trip'>,
  tripId: string,
): Promise<ResponseFields & { readonly isRecorded: boolean }> {
  const record = await prisma.trip.findUnique({ where: { id: tripId }, select })
  return record ? { ...record, isRecorded: true } : { ...byDefault, isRecorded: false }
}

/** The fields that a client may set. */
export interface ResponseFieldsChange {
  readonly responseStatus?: string
  readonly selectionMode?: string
  readonly maxResponses?: number
  readonly responseDeadline?: string
}

/** Writes how answers to a request are collected into its trip record, and makes the record when it is missing. */
export function writeResponseFields(
  prisma: Pick<PrismaClient, 'trip'>,
  trip: RecordedTrip,
  change: ResponseFieldsChange,
): Promise<ResponseFields> {
  return prisma.trip.upsert({
    where: { id: trip.id },
    update: change,
    create: { ...toRecord(trip), ...change },
    select,
  })
}

/** Records how far the collecting is, if there is a record. */
export async function writeResponseStatus(
  prisma: Pick<PrismaClient, 'trip'>,
  tripId: string,
  responseStatus: 'RESPONSES_RECEIVED' | 'AGENCY_SELECTED',
): Promise<void> {
  await prisma.trip.updateMany({ where: { id: tripId }, data: { responseStatus } })
}

/** The columns of a request that its record repeats. */
export type RecordedTrip = Prisma.TransportRequestGetPayload<{
  select: {
    id: true
    tripNumber: true
    patientId: true
    fromLocation: true
    toLocation: true
    scheduledTime: true
    transportLevel: true
    urgencyLevel: true
    priority: true
    status: true
    selectedAgencies: true
    requestTimestamp: true
  }
}>

function toRecord(trip: RecordedTrip): Prisma.TripUncheckedCreateInput {
  return {
    id: trip.id,
    tripNumber: trip.tripNumber ?? trip.id,
    patientId: trip.patientId,
    fromLocation: trip.fromLocation ?? '',
    toLocation: trip.toLocation ?? '',
    scheduledTime: trip.scheduledTime ?? trip.requestTimestamp,
    transportLevel: trip.transportLevel,
    urgencyLevel: trip.urgencyLevel ?? 'Routine',
    priority: trip.priority,
    status: trip.status,
    selectedAgencies: trip.selectedAgencies,
    requestTimestamp: trip.requestTimestamp,
  }
}
