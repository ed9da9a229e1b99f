import { expect, it } from 'vitest'
import { isTellingFailure } from '../contract/telling-failure.ts'
import { trip, tripsDocument } from '../testing/trips-api.ts'
import { addApiMatchers } from './api-matchers.ts'
import './matchers.ts'

addApiMatchers(tripsDocument)
const request = { method: 'GET', url: 'http://localhost/trips/42' }
const response = { status: 200, headers: { 'content-type': 'application/json' }, body: trip, request }
const empty = {
  schema: { tables: [], enums: [], sequences: [], views: [], functions: [], extensions: [] },
  history: [],
}

it.for<[string, boolean, () => void]>([
  ["Vitest's own claim", true, () => expect(1).toBe(2)],
  ['a claim about an answer', true, () => expect(response).toMatchOperation('getTrip', { status: 201 })],
  ['a claim about the schema', true, () => expect(empty).toHaveTable('trips')],
  ['a slip', false, () => expect(response).toMatchOperation('getTripp')],
])('of a test that fails before its phase, %s tells that the phase is needed: %s', ([, isTelling, claim]) => {
  let error: unknown = null
  try {
    claim()
  } catch (thrown) {
    error = thrown
  }
  expect(error).toBeInstanceOf(Error)
  expect(isTellingFailure({ error, faults: [], worstStatus: 200 })).toBe(isTelling)
})
