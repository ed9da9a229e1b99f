import type { Prisma, PrismaClient } from '../../../../generated/tcc-client/client.ts'
import { ApiError } from '../errors.ts'
import { assertUnit } from './change-status.ts'
import type { TripView } from './fetch-trips.ts'
import { fetchResponseFields, writeResponseStatus } from './trip-record.ts'
import { isOpenTo } from './visible-trips.ts'

/** An agency's answer to a request. */
export interface ResponseInput {
  readonly response: 'ACCEPTED' | 'DECLINED'
  readonly responseNotes?: string
  readonly estimatedArrival?: string
  readonly assignedUnitId?: string
}

const include = {
  assignedUnit: { select: { id: true, unitNumber: true, type: true } },
  transportRequest: {
    select: {
      id: true,
      tripNumber: true,
      status: true,
      fromLocation: true,
      toLocation: true,
      scheduledTime: true,
      transportLevel: true,
      urgencyLevel: true,
      priority: true,
    },
  },
} as const satisfies Prisma.AgencyResponseInclude

/** Responses as the API shows them: with their trip, unit and agency. The agency is null when it is unknown. */
export async function fetchResponses(
  prisma: PrismaClient,
  query: Pick<Prisma.AgencyResponseFindManyArgs, 'where' | 'skip' | 'take'>,
) {
  const rows = await prisma.agencyResponse.findMany({
    ...query,
    include,
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  })
  const agencies = await prisma.eMSAgency.findMany({
    where: { id: { in: [...new Set(rows.map(({ agencyId }) => agencyId))] } },
    select: { id: true, name: true, phone: true },
  })
  const agencyOf = new Map(agencies.map((agency) => [agency.id, agency]))
  return rows.map(({ transportRequest, ...row }) => ({
    ...row,
    agency: agencyOf.get(row.agencyId) ?? null,
    trip: transportRequest,
  }))
}

/**
 * Writes an agency's answer to an open request, in place of the response that waits for it, if there is one.
 * @returns the id of the response
 * @throws ApiError `conflict`, `forbidden` when others were asked, `unprocessable` for a foreign unit
 */
export async function respond(
  prisma: PrismaClient,
  trip: TripView,
  agencyId: string,
  input: ResponseInput,
): Promise<string> {
  // The trip stays open, because only a selected agency has accepted it. A conflict is a trip that is not open, or
  // one that the agency answered already.
  if (trip.status !== 'PENDING') throw new ApiError('conflict', 'The trip is not open to responses.')
  if (!isOpenTo(agencyId, trip)) throw new ApiError('forbidden', 'This agency was not asked.')
  if (input.assignedUnitId) await assertUnit(prisma, agencyId, input.assignedUnitId)
  return prisma.$transaction(async (tx) => {
    // Answers to one trip come one after the other, so that none is counted twice or missed.
    await tx.$queryRaw`SELECT 1 FROM "transport_requests" WHERE "id" = ${trip.id} FOR UPDATE`
    await assertCollecting(tx, trip.id, input)
    const before = await tx.agencyResponse.findFirst({
      where: { tripId: trip.id, agencyId },
      select: { id: true, response: true },
      orderBy: { createdAt: 'desc' },
    })
    if (before && before.response !== 'PENDING') {
      throw new ApiError('already-exists', 'The agency has responded already; change its response instead.')
    }
    const data = { ...input, responseTimestamp: new Date() }
    const select = { id: true } as const
    const { id } = before
      ? await tx.agencyResponse.update({ where: { id: before.id }, data, select })
      : await tx.agencyResponse.create({ data: { ...data, tripId: trip.id, agencyId }, select })
    await writeResponseStatus(tx, trip.id, 'RESPONSES_RECEIVED')
    return id
  })
}

/**
 * Selects an accepting response, which gives the trip to its agency.
 * @throws ApiError `conflict` when the response does not accept, or the trip is no longer open
 */
export async function selectResponse(
  prisma: PrismaClient,
  response: {
    readonly id: string
    readonly tripId: string
    readonly agencyId: string
    readonly response: string
  },
  assignedUnitId: string | null,
  decisionNotes: string | undefined,
): Promise<void> {
  if (response.response !== 'ACCEPTED') {
    throw new ApiError('conflict', 'Only a response that accepts can be selected.')
  }
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.transportRequest.updateMany({
      where: { id: response.tripId, status: 'PENDING' },
      data: {
        status: 'ACCEPTED',
        assignedAgencyId: response.agencyId,
        assignedUnitId,
        acceptedTimestamp: new Date(),
      },
    })
    if (count === 0) throw new ApiError('conflict', 'The trip is not open any more.')
    await tx.agencyResponse.updateMany({ where: { tripId: response.tripId }, data: { isSelected: false } })
    await tx.agencyResponse.update({
      where: { id: response.id },
      data: { isSelected: true, ...(decisionNotes !== undefined && { responseNotes: decisionNotes }) },
      select: { id: true },
    })
    await writeResponseStatus(tx, response.tripId, 'AGENCY_SELECTED')
  })
}

/** Counts of the answers to one trip. */
export async function summarizeResponses(prisma: PrismaClient, tripId: string) {
  const rows = await prisma.agencyResponse.findMany({
    where: { tripId },
    select: { response: true, isSelected: true, agencyId: true },
  })
  const count = (response: string) => rows.filter((row) => row.response === response).length
  return {
    tripId,
    totalResponses: rows.length,
    acceptedResponses: count('ACCEPTED'),
    declinedResponses: count('DECLINED'),
    pendingResponses: count('PENDING'),
    selectedAgencyId: rows.find(({ isSelected }) => isSelected)?.agencyId ?? null,
  }
}

async function assertCollecting(
  tx: Pick<PrismaClient, 'trip' | 'agencyResponse'>,
  tripId: string,
  { response }: ResponseInput,
): Promise<void> {
  const { isRecorded, responseDeadline, maxResponses } = await fetchResponseFields(tx, tripId)
  if (!isRecorded) return
  if (responseDeadline && responseDeadline < new Date()) {
    throw new ApiError('conflict', 'The time for responses is over.')
  }
  if (response !== 'ACCEPTED') return
  const accepted = await tx.agencyResponse.count({ where: { tripId, response: 'ACCEPTED' } })
  if (accepted >= maxResponses) throw new ApiError('conflict', 'Enough agencies have accepted already.')
}
