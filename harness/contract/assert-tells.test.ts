import { describe, expect, it } from 'vitest'
import { assertTells } from './assert-tells.ts'

const nothing = { assertions: 0, requests: 0, written: 0, open: [] }

describe('a contract that ended well', () => {
  it.for([
    ['an assertion', { ...nothing, assertions: 1 }],
    ['a request whose answer nobody looked at', { ...nothing, requests: 1 }],
  ] as const)('tells something by %s', ([, claims]) => {
    expect(() => assertTells('orders', claims)).not.toThrow()
  })

  it('tells nothing without an assertion and a request', () => {
    expect(() => assertTells('orders', nothing)).toThrow(/"orders".*makes no assertion and sends no request/)
  })

  it('tells nothing where it wrote what it was to be compared with', () => {
    const claims = { ...nothing, assertions: 2, requests: 1, written: 2 }
    expect(() => assertTells('orders', claims)).toThrow(/it wrote 2 snapshots, .* then run again/)
  })

  it.for([
    [['GET /orders'], 'before GET /orders was answered'],
    [['GET /orders', 'POST /refunds'], 'before GET /orders, POST /refunds were answered'],
  ] as const)('tells nothing while %s is open, whatever else it claims', ([open, reason]) => {
    const claims = { ...nothing, assertions: 3, requests: 3, open }
    expect(() => assertTells('orders', claims)).toThrow(reason)
    expect(() => assertTells('orders', claims)).toThrow(
      expect.objectContaining({ code: 'contract-undecided' }),
    )
  })
})
