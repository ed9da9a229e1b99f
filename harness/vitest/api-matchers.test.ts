import { createServer } from 'node:http'
import supertest from 'supertest'
import { afterEach, describe, expect, it } from 'vitest'
import { trip, tripsDocument } from '../testing/trips-api.ts'
import { addApiMatchers } from './api-matchers.ts'

interface Answer {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  readonly path: string
  readonly status: number
  readonly type?: string
  readonly body?: unknown
}

const getTrip: Answer = { method: 'get', path: '/trips/42', status: 200, body: trip }
const createTrip: Answer = { ...getTrip, method: 'post', path: '/trips', status: 201 }
const email = 'ada@example.invalid'

/** What supertest makes of an answer that came over a socket. */
function receive({ method, path, status, type = 'application/json', body }: Answer) {
  const server = createServer((_, response) => {
    const content = body === undefined ? undefined : JSON.stringify(body)
    response.writeHead(status, content === undefined ? {} : { 'content-type': type }).end(content)
  })
  return supertest(server)[method](path)
}

/** What a failed claim says. */
async function failureOf(answer: Answer, claim: (response: supertest.Response) => void): Promise<string> {
  const response = await receive(answer)
  try {
    claim(response)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('the claim held')
}

addApiMatchers(tripsDocument)
afterEach(() => addApiMatchers(tripsDocument))

describe('the matchers of an answer', () => {
  it('pass on what the document describes', async () => {
    expect(await receive(getTrip)).toSatisfyApiSpec()
    expect(await receive(getTrip)).toMatchOperation('getTrip')
    expect(await receive(createTrip)).toMatchOperation('createTrip', { status: 201 })
    expect(await receive({ ...createTrip, status: 422, body: { error: 'no' } })).toSatisfyApiSpec()
    expect(await receive({ method: 'delete', path: '/trips/42', status: 204 })).toSatisfyApiSpec()
    expect(await receive({ ...getTrip, path: '/nothing', status: 404, body: {} })).toSatisfyApiSpec()
  })

  it.for<[string, Answer, string]>([
    [
      'an undescribed status',
      { method: 'delete', path: '/trips/42', status: 500, body: { error: 'no' } },
      'deleteTrip (DELETE /trips/{id}) answered 500: status_code_conformance\n' +
        '  expected  a described status: 204, 401, 404\n' +
        '  got       500 with an object with error',
    ],
    [
      'another content type',
      { ...getTrip, type: 'text/html' },
      'getTrip (GET /trips/{id}) answered 200: content_type_conformance\n' +
        '  expected  application/json\n' +
        '  got       text/html',
    ],
    [
      'no content',
      { ...getTrip, body: undefined },
      'getTrip (GET /trips/{id}) answered 200: content_type_conformance\n' +
        '  expected  application/json\n' +
        '  got       no content type',
    ],
    [
      'a wrong type',
      { ...createTrip, body: { ...trip, miles: '12' } },
      'createTrip (POST /trips) answered 201: response_schema_conformance at /miles\n' +
        '  expected  number or null\n' +
        '  got       the string "12"',
    ],
    [
      'a missing property',
      { ...getTrip, body: { ...trip, level: undefined } },
      'getTrip (GET /trips/{id}) answered 200: response_schema_conformance at /level\n' +
        '  expected  to be there\n' +
        '  got       nothing',
    ],
    [
      'an undocumented property',
      { ...getTrip, path: '/trips', body: { trips: [trip, { ...trip, extra: 1 }] } },
      'listTrips (GET /trips) answered 200: response_schema_conformance at /trips/1/extra\n' +
        '  expected  no such property\n' +
        '  got       the number 1',
    ],
    [
      'a method nobody described',
      { ...getTrip, method: 'put' },
      'no operation (PUT /trips/{id}) answered 200: unsupported_method\n' +
        '  expected  404, 405 or 501\n' +
        '  got       200',
    ],
    [
      'a path nobody described',
      { ...getTrip, path: '/nothing' },
      'no operation (GET /nothing) answered 200: status_code_conformance\n' +
        '  expected  404, 405 or 501\n' +
        '  got       200',
    ],
  ])('tell %s by operation, status, pointer, expected and got', async ([, answer, words]) => {
    expect(await failureOf(answer, (response) => expect(response).toSatisfyApiSpec())).toBe(words)
    expect(await receive(answer)).not.toSatisfyApiSpec()
  })

  it('tell all faults of an answer at once', async () => {
    const answer = { ...getTrip, body: { ...trip, miles: '12', level: 'XXL' } }
    const words = await failureOf(answer, (response) => expect(response).toSatisfyApiSpec())
    expect(words).toMatch(/at \/level[\s\S]*at \/miles/)
  })

  it('tell another status than the wanted one, though it is described', async () => {
    const answer = { ...createTrip, status: 409, body: { error: 'no' } }
    const claim = (response: supertest.Response) =>
      expect(response).toMatchOperation('createTrip', { status: 201 })
    expect(await failureOf(answer, claim)).toBe(
      'createTrip (POST /trips) answered 409\n  expected  201\n  got       409',
    )
    expect(await receive(answer)).not.toMatchOperation('createTrip', { status: 201 })
    expect(await receive(answer)).toMatchOperation('createTrip', { status: 409 })
  })

  it('hold an answer against the operation that is named, not the one that was called', async () => {
    const claim = (response: supertest.Response) => expect(response).toMatchOperation('listTrips')
    expect(await failureOf(getTrip, claim)).toMatch(/^listTrips \(GET \/trips\) answered 200/)
  })

  it.for([
    ['by the name of the property', 'contactEmail', email],
    ['by x-sensitive', 'code', 'eighty'],
    ['by the look of the value', 'miles', email],
    ['as what only a request may hold', 'pin', '4711'],
  ] as const)('hide a sensitive value, known %s', async ([, property, value]) => {
    const answer = { ...getTrip, body: { ...trip, [property]: value } }
    const words = await failureOf(answer, (response) => expect(response).toSatisfyApiSpec())
    expect(words).toContain(`at /${property}`)
    expect(words).toContain('got       the string, hidden')
    expect(words).not.toContain(value)
  })

  it('say, negated, which answer was as described', async () => {
    const words = await failureOf(getTrip, (response) => expect(response).not.toSatisfyApiSpec())
    expect(words).toBe('getTrip (GET /trips/{id}) answered 200 as trips.yaml describes it')
  })

  it('fail on an operation that the document does not have, negated or not', async () => {
    const name = (response: supertest.Response) => expect(response).toMatchOperation('createTripp')
    const negated = (response: supertest.Response) => expect(response).not.toMatchOperation('createTripp')
    for (const claim of [name, negated]) {
      expect(await failureOf(getTrip, claim)).toBe('trips.yaml has no operation createTripp')
    }
  })

  it('fail without a document, negated or not', async () => {
    addApiMatchers(() => null)
    const claims: ((response: supertest.Response) => void)[] = [
      (response) => expect(response).toSatisfyApiSpec(),
      (response) => expect(response).not.toSatisfyApiSpec(),
      (response) => expect(response).toMatchOperation('getTrip', { status: 200 }),
      (response) => expect(response).not.toMatchOperation('getTrip', { status: 200 }),
    ]
    for (const claim of claims) {
      expect(await failureOf(getTrip, claim)).toMatch(/^the scenario names no OpenAPI document/)
    }
  })
})
