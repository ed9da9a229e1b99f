import { describe, expect, it } from 'vitest'
import { summariseEarlier } from './summarise-earlier.ts'

const held = { server: 'deployed', isServed: true }
const unknown = { server: 'deployed', isServed: false }

describe('runs on earlier servers', () => {
  it('say nothing when no server is named', () => {
    expect(summariseEarlier([], [])).toEqual({ undecided: null, limits: [] })
  })

  it('leave as a limit that a server was named and not tried', () => {
    expect(summariseEarlier(['deployed'], [])).toEqual({
      undecided: null,
      limits: ['The earlier server "deployed" was not tried by any contract.'],
    })
  })

  it('leave as a limit what the server never did', () => {
    const { undecided, limits } = summariseEarlier(['deployed'], [held, unknown, held])
    expect(undecided).toBeNull()
    expect(limits).toEqual([
      'The earlier server "deployed" was tried by no more than 3 trials of contracts, and 1 of these ask for what it never did.',
    ])
  })

  it('decide nothing when one of the servers does nothing at all', () => {
    const { undecided } = summariseEarlier(
      ['deployed', 'forgotten'],
      [held, { server: 'forgotten', isServed: false }],
    )
    expect(undecided).toContain('"forgotten"')
    expect(undecided).toContain('1 tried')
  })
})
