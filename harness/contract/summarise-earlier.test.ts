import { describe, expect, it } from 'vitest'
import { summariseEarlier } from './summarise-earlier.ts'

const held = { server: 'deployed', isServed: true }
const unknown = { server: 'deployed', isServed: false }

describe('runs on earlier servers', () => {
  it('say nothing when there are none', () => {
    expect(summariseEarlier([])).toEqual({ undecided: null, limits: [] })
  })

  it('leave as a limit what the server never did', () => {
    const { undecided, limits } = summariseEarlier([held, unknown, held])
    expect(undecided).toBeNull()
    expect(limits).toEqual([
      'The earlier server "deployed" was tried by 3 runs of contracts only, and 1 of these ask for what it never did.',
    ])
  })

  it('decide nothing when one of the servers does nothing at all', () => {
    const { undecided } = summariseEarlier([held, { server: 'forgotten', isServed: false }])
    expect(undecided).toContain('"forgotten"')
    expect(undecided).toContain('1 tried')
  })
})
