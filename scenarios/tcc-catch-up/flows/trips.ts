import type { Session } from './sessions.ts'

/** A transport between two places named by text. */
export const transport = {
  fromLocation: 'Harbor Clinic',
  toLocation: 'Hilltop Rehab',
  transportLevel: 'ALS',
  urgencyLevel: 'Urgent',
}

/** The parts of a trip that the flows look at. */
export interface Trip {
  readonly id: string
  readonly status: string
  readonly tripNumber: string
}

/** Requests a transport. It throws unless that works. */
export async function requestTrip(requester: Session, more: object = {}): Promise<Trip> {
  const { body } = await requester
    .post('/api/trips/enhanced')
    .send({ ...transport, ...more })
    .expect(201)
  return body.data
}

/** Requests a transport and sends it to agencies. It throws unless that works. */
export async function dispatchTrip(
  requester: Session,
  agencies: readonly { readonly user: { readonly agencyId: string } }[],
): Promise<Trip> {
  const trip = await requestTrip(requester)
  await requester
    .post(`/api/trips/${trip.id}/dispatch`)
    .send({ agencyIds: agencies.map(({ user }) => user.agencyId), dispatchMode: 'HYBRID' })
    .expect(200)
  return trip
}

/** Requests a transport that an agency accepts and is selected for. It throws unless that works. */
export async function acceptTrip(
  requester: Session,
  agency: Session & { readonly user: { readonly agencyId: string } },
  more: object = {},
): Promise<Trip> {
  const trip = await dispatchTrip(requester, [agency])
  const { body } = await agency
    .post('/api/agency-responses')
    .send({ tripId: trip.id, response: 'ACCEPTED', ...more })
    .expect(201)
  await requester.post(`/api/agency-responses/${body.data.id}/select`).expect(200)
  return trip
}
