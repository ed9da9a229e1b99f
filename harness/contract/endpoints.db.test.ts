import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { ObjectToCome, SweepPlan } from '../model/contract.ts'
import type { FindingEvidence } from '../model/finding.ts'
import { type TripServerFault, withTripServer } from '../testing/trip-server.ts'
import { tripsDocument } from '../testing/trips-api.ts'
import { recordApi } from './recorded-api.ts'
import { sendCases } from './send-cases.ts'
import { type SweptServer, sweepEndpoints } from './sweep-endpoints.ts'
import '../vitest/provided.ts'

const database = `phaseproof_test_${randomBytes(4).toString('hex')}`
const document = tripsDocument()
const tripId = '6f1c1f6e-61a5-4b58-9c77-0d4f1d1f2a11'
const plan: SweepPlan = {
  rows: {},
  users: { ANY: { path: '/login', body: {}, token: '/token' } },
  ids: { '/trips': tripId },
}
let server: pg.Client
let url: string

beforeAll(async () => {
  server = new pg.Client({ connectionString: inject('postgresUrl') })
  await server.connect()
  await server.query(`CREATE DATABASE "${database}"`)
  const made = new URL(inject('postgresUrl'))
  made.pathname = `/${database}`
  url = made.toString()
})
afterAll(async () => {
  await server.query(`DROP DATABASE "${database}" WITH (FORCE)`)
  await server.end()
})

/** Sweeps a server on the table as it is after phase 2, or as it is when a column was forgotten. */
async function onServer<T>(
  fault: TripServerFault | null,
  columns: string,
  use: (swept: SweptServer) => Promise<T>,
): Promise<T> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  const seed = async () => {
    await db.query(`DROP TABLE IF EXISTS "trips"; CREATE TABLE "trips" (${columns})`)
    await db.query(`INSERT INTO "trips" ("id", "level", "createdAt") VALUES ($1, 'BLS', now())`, [tripId])
  }
  const askAll = async (sql: string) =>
    (await db.query({ text: sql, rowMode: 'array' })).rows.map(([id]) => id)
  try {
    return await withTripServer(url, fault, (base) =>
      use({ url: base, phase: 2, seed, askAll, ask: async (sql) => (await askAll(sql))[0] }),
    )
  } finally {
    await db.end()
  }
}

const whole = '"id" uuid PRIMARY KEY, "level" text, "createdAt" timestamptz, "miles" int, "crew" json'
const withoutCrew = whole.replace(', "crew" json', '')
const toNames = (findings: readonly FindingEvidence[]) =>
  findings.map((finding) =>
    finding.kind === 'endpoint-violates-contract'
      ? `${finding.check} of ${finding.operationId}`
      : `${finding.kind} of ${'operationId' in finding ? finding.operationId : ''}`,
  )
const sweep = (swept: SweptServer) => sweepEndpoints(document, plan, swept)
const probing = (toCome: readonly ObjectToCome[]) => (swept: SweptServer) =>
  sendCases(document, plan, swept, { statedPerOperation: 40, randomPerOperation: 10, seed: 7, toCome })
const probe = probing([])

describe('a sweep of all endpoints', () => {
  it('finds nothing on a server that does as it says, and sees every endpoint alive', async () => {
    const { findings, cells, notShown } = await onServer(null, whole, sweep)
    expect(toNames(findings)).toEqual([])
    expect(notShown).toEqual([])
    expect(cells.map(({ outcome }) => outcome)).toEqual(cells.map(() => 'alive'))
  })

  it('tells which endpoints fail when a column was forgotten', async () => {
    const { findings, cells } = await onServer(null, withoutCrew, sweep)
    expect(toNames(findings)).toEqual([
      'endpoint-failed of listTrips',
      'endpoint-failed of getTrip',
      'endpoint-failed of getLatestTrip',
      'endpoint-failed of createTrip',
    ])
    expect(findings[0]).toMatchObject({
      status: 503,
      reason: 'schema-incomplete, missing trips.crew',
      sincePhase: 2,
    })
    expect(cells.find(({ operationId }) => operationId === 'listTrips')?.outcome).toBe('failed')
  })

  it('takes a failure before the phase of the endpoint for what it should be', async () => {
    const { findings, cells } = await onServer(null, withoutCrew, (swept) => sweep({ ...swept, phase: 1 }))
    expect(toNames(findings)).toEqual(['endpoint-failed of getLatestTrip'])
    expect(cells.find(({ operationId }) => operationId === 'listTrips')?.outcome).toBe('dead')
  })

  it('is not deceived by an error that is swallowed', async () => {
    const { findings } = await onServer('swallowed-error', withoutCrew, sweep)
    expect(
      findings.find((finding) => 'operationId' in finding && finding.operationId === 'listTrips'),
    ).toMatchObject({
      kind: 'endpoint-failed',
      status: 200,
      reason: 'the answer lacks 1 of 1 rows that the database holds',
    })
  })

  it('finds a body that is not as described', async () => {
    const { findings } = await onServer('wrong-body', whole, sweep)
    expect(findings).toEqual([
      expect.objectContaining({
        kind: 'endpoint-violates-contract',
        check: 'response_schema_conformance',
        operationId: 'getTrip',
        pointer: '/level',
        got: 'the number 7',
      }),
    ])
  })

  it('finds a status that nobody described', async () => {
    const { findings } = await onServer('undescribed-status', whole, sweep)
    expect(toNames(findings)).toEqual(['status_code_conformance of createTrip'])
  })
})

describe('probes of all endpoints', () => {
  it('find nothing on a server that does as it says', async () => {
    const { findings, requests } = await onServer(null, whole, probe)
    expect(toNames(findings)).toEqual([])
    expect(requests).toBeGreaterThan(50)
  })

  it('find a route that is open to anyone', async () => {
    const { findings } = await onServer('unprotected', whole, probe)
    expect(toNames(findings)).toEqual(['ignored_auth of listTrips', 'ignored_auth of getTrip'])
  })

  it('find a route that takes what it should refuse', async () => {
    const { findings } = await onServer('unchecked', whole, probe)
    expect(toNames(findings)).toContain('negative_data_rejection of createTrip')
  })

  it('find a server that fails', async () => {
    const { findings } = await onServer(null, withoutCrew, probe)
    expect(toNames(findings)).toContain('not_a_server_error of listTrips')
  })
})

describe('a described 503 before the last phase', () => {
  const crew = { table: 'trips', column: 'crew' }
  const failures = async (fault: TripServerFault | null, toCome: readonly ObjectToCome[]) => {
    const { findings } = await onServer(fault, withoutCrew, probing(toCome))
    return findings.filter((finding) => 'check' in finding && finding.operationId === 'getTrip')
  }

  it('is accepted when the server misses what a later phase brings', async () => {
    expect(await failures(null, [crew])).toEqual([])
  })

  it.for<[string, TripServerFault | null, readonly ObjectToCome[], string]>([
    ['misses what no later phase brings', null, [], 'trips.crew'],
    ['misses a column of another table', null, [{ table: 'units', column: 'crew' }], 'trips.crew'],
    ['misses a table that is there', 'wrong-about-missing', [crew], 'public.trips'],
  ])('is found when the server %s', async ([, fault, toCome, missing]) => {
    expect(await failures(fault, toCome)).toMatchObject([
      { check: 'not_a_server_error', got: `503: schema-incomplete, missing ${missing}` },
    ])
  })

  it('is found when the server does not say what it misses', async () => {
    expect(await failures('silent-about-missing', [crew])).toMatchObject([
      { check: 'not_a_server_error', got: '503: schema-incomplete' },
    ])
  })
})

describe('the requests of a contract test', () => {
  it('are recorded, and their answers held against the document', async () => {
    await onServer('wrong-body', whole, async ({ url: base, seed }) => {
      await seed()
      const { api, faults, exercised, statuses } = recordApi(base, document)
      await api.get(`/trips/${tripId}`).set('authorization', 'Bearer lantern').expect(200)
      await api.get('/trips').expect(401)
      expect(statuses).toEqual([200, 401])
      expect(exercised).toEqual([
        { operationId: 'getTrip', status: '200' },
        { operationId: 'listTrips', status: '401' },
      ])
      expect(faults).toMatchObject([{ operationId: 'getTrip', pointer: '/level' }])
    })
  })
})
