import { describe, expect, it } from 'vitest'
import { rulesOf } from './validation.ts'

const nothing = { params: {}, query: {}, body: undefined }
const login = { email: 'ada@example.invalid', password: 'Lantern-42', name: 'Ada', userType: 'USER' }
const metaOf = (operationId: string, parts: object) => {
  try {
    rulesOf(operationId).check({ ...nothing, ...parts })
  } catch (error) {
    return { ...(error as object) }
  }
  return null
}

describe('rules of the contract', () => {
  it('are not there for an operation that the contract lacks', () => {
    expect(() => rulesOf('flyToTheMoon')).toThrow('openapi.yaml has no operation flyToTheMoon.')
  })

  it('take a request that carries nothing where nothing is asked for', () => {
    expect(rulesOf('getHealth').check(nothing)).toEqual(nothing)
  })

  it('turn parameters into what they stand for, and fill in defaults', () => {
    const query = { page: '3', isActive: 'false' }
    expect(rulesOf('listUnits').check({ ...nothing, query }).query).toEqual({
      page: 3,
      limit: 50,
      isActive: false,
    })
    expect(query).toEqual({ page: '3', isActive: 'false' })
  })

  it.each([
    ['text', { page: 'three' }],
    ['too little', { page: '0' }],
    ['too much', { page: '100001' }],
    ['a fraction', { page: '1.5' }],
    ['two values', { page: ['1', '2'] }],
  ])('refuse %s as a page', (_what, query) => {
    expect(metaOf('listUnits', { query })).toMatchObject({ meta: { '/query/page': expect.any(String) } })
  })

  it('refuse ids that no row can have', () => {
    expect(metaOf('getUnit', { params: { id: "'; --" } })).toMatchObject({
      code: 'invalid-input',
      meta: { '/path/id': expect.any(String) },
    })
  })

  it('turn nothing of a body into anything else', () => {
    const body = { isAvailable: 'true', availableLevels: [] }
    expect(metaOf('setOwnAvailability', { body })).toMatchObject({
      meta: { '/body/isAvailable': 'must be boolean' },
    })
  })

  it.each([
    ['no body', undefined, { '/body': 'must be object' }],
    ['a list', [], { '/body': 'must be object' }],
    ['what is missing', { ...login, name: undefined }, { '/body/name': 'is missing' }],
    ['what is not known', { ...login, isRoot: true }, { '/body/isRoot': 'is not known here' }],
    [
      'what is not on the list',
      { ...login, userType: 'X' },
      { '/body/userType': 'must be one of ADMIN, USER' },
    ],
  ])('name %s by a pointer', (_what, body, meta) => {
    // JSON has no undefined: a member that is undefined is not there.
    const sent = body && JSON.parse(JSON.stringify(body))
    expect(metaOf('registerCenterUser', { body: sent })).toMatchObject({ code: 'invalid-input', meta })
  })

  it.each([
    ['2026-01-07T09:30:00Z', true],
    ['2026-01-07T09:30:00.123+05:30', true],
    ['2026-02-29T09:30:00Z', false],
    ['2026-01-07T23:59:60Z', false],
    ['2026-01-07 09:30:00Z', false],
    ['2026-01-07T09:30:00', false],
    ['0001-01-07T09:30:00Z', false],
  ])('judge the time %s as fit: %s', (emsArrivalTime, isFit) => {
    const refused = metaOf('setTripTimes', { params: { id: 'trip' }, body: { emsArrivalTime } })
    expect(refused === null).toBe(isFit)
  })

  it('say what is wrong in no more than twenty places', () => {
    const body = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`extra${index}`, 1]))
    const refused = metaOf('registerCenterUser', { body }) as { meta: object }
    expect(Object.keys(refused.meta)).toHaveLength(20)
  })
})
