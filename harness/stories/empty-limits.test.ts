import { describe, expect, it } from 'vitest'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Scenario } from '../model/scenario.ts'
import { emptyLimitsOf } from './empty-limits.ts'

function limits(changes: string[], rowCounts: Record<string, number>) {
  const scenario = { phases: [{ id: 3, changes, drops: ['old.note'] }] } as unknown as Scenario
  return emptyLimitsOf(scenario, [{ phase: 3, before: { rowCounts } } as unknown as PhaseEvidence])
}

describe('the limit about tables without rows', () => {
  it('names those that a phase changes, and the phase', () => {
    expect(limits(['trips', 'audit.*'], { 'public.trips': 0, 'audit.log': 0, 'public.units': 0 })).toEqual([
      'Tables that a phase changes held no row before it, so what it does to rows was not shown: trips (phase 3), audit.log (phase 3).',
    ])
  })

  it('is not said where every changed table held rows, or is new', () => {
    expect(limits(['trips', 'made_by_it'], { 'public.trips': 4, 'public.units': 0 })).toEqual([])
  })
})
