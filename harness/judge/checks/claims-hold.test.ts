import { expect, it } from 'vitest'
import type { PhaseEvidence } from '../../model/checkpoint.ts'
import { claimsHold } from './claims-hold.ts'

const tables = ['orders', 'cost_centers'].map((name) => ({ namespace: 'public', name }))
const before = { schema: { tables }, rowCounts: { 'public.orders': 400, 'public.cost_centers': 3 } }

function judge(there: readonly string[], missing: readonly string[]) {
  return claimsHold.judge({ kind: 'claims-hold', there, missing }, { before } as unknown as PhaseEvidence)
}

it('finds nothing where the plan knows production', () => {
  expect(judge(['orders'], ['coupons'])).toEqual([])
})

it('finds a table that is missing, and one that is there with its rows', () => {
  expect(judge(['orders', 'units'], ['orders'])).toEqual([
    { kind: 'claim-wrong', claimed: 'there', tables: [{ table: 'units', rows: null }] },
    { kind: 'claim-wrong', claimed: 'missing', tables: [{ table: 'orders', rows: 400 }] },
  ])
})

it('finds the table that a nearly right name means', () => {
  expect(judge([], ['CostCenter'])).toEqual([
    {
      kind: 'claim-wrong',
      claimed: 'missing',
      tables: [{ table: 'CostCenter', rows: 3, meant: 'cost_centers' }],
    },
  ])
})
