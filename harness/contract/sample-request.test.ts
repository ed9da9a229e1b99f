import { describe, expect, it } from 'vitest'
import type { SweepPlan } from '../model/contract.ts'
import { tripsDocument } from '../testing/trips-api.ts'
import { makeValue } from './make-value.ts'
import { makeSampleRequest, toPath } from './sample-request.ts'

const document = tripsDocument()
const plan: SweepPlan = { rows: {}, users: {} }
const ask = async (sql: string) => `found by ${sql}`
const operation = (id: string) => {
  const found = document.operations.find(({ operationId }) => operationId === id)
  if (!found) throw new Error(id)
  return found
}

describe('a sample request', () => {
  it('is made up from the document: required properties, a list as long as it may be', async () => {
    expect(await makeSampleRequest(document, operation('createTrip'), plan, ask)).toMatchObject({
      method: 'POST',
      path: '/trips',
      body: { level: 'BLS' },
      mediaType: 'application/json',
    })
    const list = await makeSampleRequest(document, operation('listTrips'), plan, ask)
    expect(list).toMatchObject({ path: '/trips?limit=50' })
  })

  it('leads to the row that the plan knows at its path', async () => {
    const ids = { '/trips': { $sql: 'SELECT 1' } }
    const request = await makeSampleRequest(document, operation('getTrip'), { ...plan, ids }, ask)
    expect(request).toMatchObject({ path: '/trips/found%20by%20SELECT%201' })
  })

  it('is none when the row of the path is not known', async () => {
    expect(await makeSampleRequest(document, operation('getTrip'), plan, ask)).toBe('no value for {id}')
    const nothing = async () => undefined
    const ids = { '/trips': { $sql: 'SELECT 1' } }
    expect(await makeSampleRequest(document, operation('getTrip'), { ...plan, ids }, nothing)).toBe(
      'no value for {id}',
    )
  })

  it('takes the input of one operation before named values, and those before made-up ones', async () => {
    const stated = {
      ...plan,
      values: { level: 'ALS', note: 'of {operationId}' },
      samples: { createTrip: { body: { miles: 7, note: { $sql: 'SELECT 2' } } } },
    }
    const request = await makeSampleRequest(document, operation('createTrip'), stated, ask)
    expect(request).toMatchObject({ body: { level: 'ALS', miles: 7, note: 'found by SELECT 2' } })
  })

  it('writes several values of one parameter one after the other', () => {
    expect(toPath('/a/{id}', { id: 'x/y' }, { tag: ['a', 'b c'] })).toBe('/a/x%2Fy?tag=a&tag=b+c')
  })
})

describe('a made-up value', () => {
  it.each<[unknown, unknown]>([
    [{ const: 7 }, 7],
    [{ enum: [null, 'a'] }, 'a'],
    [{ type: 'string', minLength: 8 }, 'sweepxxx'],
    [{ type: 'string', maxLength: 2 }, 'sw'],
    [{ type: ['null', 'integer'], minimum: 3 }, 3],
    [{ type: 'number', exclusiveMinimum: 0 }, 1],
    [{ type: 'integer', maximum: -4 }, -4],
    [{ type: 'array', minItems: 2, items: { type: 'boolean' } }, [true, true]],
    [{ anyOf: [{ type: 'null' }, { type: 'string', format: 'date' }] }, '2026-01-06'],
    [
      { allOf: [{ required: ['a'] }, { properties: { a: { const: 1 }, b: { const: 2 } } }], type: 'object' },
      { a: 1 },
    ],
    [{ type: 'object', minProperties: 1, properties: { a: { const: 1 }, b: { const: 2 } } }, { a: 1 }],
    [{ examples: ['x'], type: 'string' }, 'x'],
  ])('of %j is %j', (schema, value) => {
    expect(makeValue({ schema }, '/schema', {})).toEqual(value)
  })
})
