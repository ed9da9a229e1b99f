import { describe, expect, it } from 'vitest'
import { rulesOf } from './validation.ts'

const nothing = { params: {}, query: {}, body: undefined }

describe('rules of the contract', () => {
  it('are not there for an operation that the contract lacks', () => {
    expect(() => rulesOf('flyToTheMoon')).toThrow('openapi.yaml has no operation flyToTheMoon.')
  })

  it('take a request that carries nothing where nothing is asked for', () => {
    expect(rulesOf('getHealth').check(nothing)).toEqual(nothing)
  })
})
