import { describe, expect, it } from 'vitest'
import { trip, tripsDocument, tripsYaml } from '../testing/trips-api.ts'
import { parseApiDocument } from './api-document.ts'
import { type ReceivedResponse, validateResponse } from './validate-response.ts'

const document = tripsDocument()
const answer: ReceivedResponse = {
  method: 'GET',
  path: '/trips/42',
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: trip,
}
const validate = (change: Partial<ReceivedResponse>) => validateResponse(document, { ...answer, ...change })
const faultsOf = (change: Partial<ReceivedResponse>) =>
  validate(change).faults.map(({ check, pointer, expected, got }) => [check, pointer, expected, got])

describe('an answer as described', () => {
  it.each<[string, Partial<ReceivedResponse>, string, string]>([
    ['a status written as text', {}, 'getTrip', '200'],
    ['a status written as a number', { method: 'POST', path: '/trips', status: 201 }, 'createTrip', '201'],
    [
      'a class of statuses',
      { method: 'post', path: '/trips', status: 422, body: { error: 'no' } },
      'createTrip',
      '4XX',
    ],
    ['the default', { status: 503, body: { error: 'no' } }, 'getTrip', 'default'],
    [
      'no content',
      { method: 'DELETE', status: 204, contentType: null, body: undefined },
      'deleteTrip',
      '204',
    ],
    ['the most specific path', { path: '/trips/latest?fresh=1' }, 'getLatestTrip', '200'],
    ['a slash at the end', { path: '/trips/42/' }, 'getTrip', '200'],
    ['HEAD for GET', { method: 'HEAD', contentType: null, body: undefined }, 'getTrip', '200'],
    ['null where it is allowed', { body: { ...trip, crew: null } }, 'getTrip', '200'],
  ])('is recognised: %s', (_what, change, operationId, status) => {
    const { exercised, faults } = validate(change)
    expect(faults).toEqual([])
    expect(exercised).toEqual({ operationId, status })
  })

  it.each([404, 405])('may refuse an unknown path or method with %i', (status) => {
    expect(faultsOf({ path: '/nothing', status })).toEqual([])
    expect(faultsOf({ method: 'PUT', status })).toEqual([])
  })
})

describe('an answer not as described', () => {
  it.each<[string, Partial<ReceivedResponse>, string[][]]>([
    [
      'an undescribed status',
      { method: 'DELETE', status: 500, body: { error: 'no' } },
      [['status_code_conformance', '', 'a described status: 204, 401, 404', '500 with an object with error']],
    ],
    [
      'another content type',
      { contentType: 'text/html', body: {} },
      [['content_type_conformance', '', 'application/json', 'text/html']],
    ],
    [
      'no content type',
      { contentType: null, body: undefined },
      [['content_type_conformance', '', 'application/json', 'no content type']],
    ],
    [
      'an undocumented property',
      { body: { ...trip, extra: 'why' } },
      [['response_schema_conformance', '/extra', 'no such property', 'the string "why"']],
    ],
    [
      'a missing required property',
      { body: { ...trip, level: undefined } },
      [['response_schema_conformance', '/level', 'to be there', 'nothing']],
    ],
    [
      'a wrong type',
      { body: { ...trip, miles: '12' } },
      [['response_schema_conformance', '/miles', 'number or null', 'the string "12"']],
    ],
    [
      'a value that is not in the list',
      { body: { ...trip, level: 'XXL' } },
      [['response_schema_conformance', '/level', 'one of "BLS", "ALS", "CCT"', 'the string "XXL"']],
    ],
    [
      'a format',
      { body: { ...trip, createdAt: 'yesterday' } },
      [['response_schema_conformance', '/createdAt', 'the format date-time', 'the string "yesterday"']],
    ],
    [
      'the telling branch of a choice',
      { body: { ...trip, crew: { size: 'two' } } },
      [['response_schema_conformance', '/crew/size', 'integer', 'the string "two"']],
    ],
    [
      'no branch of a choice',
      { body: { ...trip, crew: 7 } },
      [['response_schema_conformance', '/crew', 'one of the described forms', 'the number 7']],
    ],
    [
      'an item of a list',
      { path: '/trips', body: { trips: [trip, { ...trip, id: 7 }] } },
      [['response_schema_conformance', '/trips/1/id', 'string', 'the number 7']],
    ],
    [
      'the same fault of many items, once',
      { path: '/trips', body: { trips: [trip, ...[7, 8, 9].map((id) => ({ ...trip, id, miles: '1' }))] } },
      [
        ['response_schema_conformance', '/trips/1/id', 'string', 'the number 7'],
        ['response_schema_conformance', '/trips/1/miles', 'number or null', 'the string "1"'],
      ],
    ],
    [
      'what only a request may hold',
      { body: { ...trip, pin: '1234' } },
      [['response_schema_conformance', '/pin', 'not in an answer', 'the string, hidden']],
    ],
    [
      'a success at a path nobody described',
      { path: '/nothing' },
      [['status_code_conformance', '', '404, 405 or 501', '200']],
    ],
    [
      'a success for a method nobody described',
      { method: 'PUT' },
      [['unsupported_method', '', '404, 405 or 501', '200']],
    ],
  ])('is told by place, expected and got: %s', (_what, change, faults) => {
    expect(faultsOf(change)).toEqual(faults)
  })

  it.each([
    ['by the name of the property', 'contactEmail', 'ada@example.invalid'],
    ['by x-sensitive', 'code', 'eighty'],
    ['by the look of the value', 'miles', 'ada@example.invalid'],
  ])('hides a sensitive value, known %s', (_how, property, value) => {
    const [fault] = validate({ body: { ...trip, [property]: value } }).faults
    expect(fault).toMatchObject({ pointer: `/${property}`, got: 'the string, hidden' })
  })

  it('is held against another operation when one is named', () => {
    const { faults } = validateResponse(document, answer, 'listTrips')
    expect(faults[0]).toMatchObject({ operationId: 'listTrips', request: 'GET /trips' })
  })
})

describe('a document', () => {
  it('of another version is refused', () => {
    expect(() => parseApiDocument(tripsYaml.replace('3.1.0', '3.0.3'), 'old.yaml')).toThrow(/"3\.0\.3"/)
  })

  it('is refused with all its faults at once', () => {
    const text = tripsYaml
      .replace('operationId: getTrip', 'operationId: listTrips')
      .replace(
        "'401': { $ref: '#/components/responses/Refused' }",
        "'401': { $ref: '#/components/responses/Gone' }",
      )
    expect(() => parseApiDocument(text, 'bad.yaml')).toThrow(
      /2 faults[\s\S]*leads nowhere[\s\S]*listTrips is given twice/,
    )
  })

  it('that is no YAML is refused', () => {
    expect(() => parseApiDocument('openapi: [', 'bad.yaml')).toThrow(/bad\.yaml/)
  })

  it('whose schema does not compile is refused when it is needed', () => {
    const broken = parseApiDocument(tripsYaml.replace('enum: [BLS, ALS, CCT]', 'enum: 7'), 'bad.yaml')
    expect(() => validateResponse(broken, answer)).toThrow(/bad\.yaml/)
  })
})
