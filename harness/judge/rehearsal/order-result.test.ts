import { expect, it } from 'vitest'
import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { Finding } from '../../model/finding.ts'
import type { Rehearsal } from '../../model/rehearsal.ts'
import type { Phase, Scenario } from '../../model/scenario.ts'
import { orderResult } from './order-result.ts'

const toResult = (rehearsal: Rehearsal, phase: Partial<Phase> = {}, findings: readonly Finding[] = []) =>
  orderResult({
    phase: { id: 4, dependsOn: [], ...phase } as Phase,
    evidence: { rehearsal } as PhaseEvidence,
    findings,
    scenario: {} as Scenario,
  })
const early = { order: [2, 4, 1, 3], stop: null, differences: [], culprit: null }

it('says which orders led to the same, and what shows each dependency', () => {
  const dependencies = [{ on: 2, verdict: 'needed' as const, shown: 'phase 4 fails without it: 42P01' }]
  const tie = { object: 'a', isCreated: true, earlier: 'a.sql:1', later: 'b.sql:2' }
  expect(
    toResult(
      { order: { early, dependencies: [{ ...dependencies[0], on: 2, verdict: 'needed', shown: 's', tie }] } },
      { dependsOn: [1, 2], dependsBecause: { 1: 'the server reads it' } },
    ),
  ).toEqual({
    experiment: 'order',
    outcome: 'held',
    says: 'Run before phases 1 and 3 it led to the same catalog and rows.',
    details: [
      'depends on phase 2: s (both name a, a.sql:1 and b.sql:2)',
      'depends on phase 1, as the scenario says: the server reads it',
    ],
  })
})

it('says so where no phase is left that could run after it', () => {
  expect(toResult({ order: { early: null, dependencies: [] } })?.says).toBe(
    'It depends on all phases before it, so it has no other place.',
  )
})

it('does not hold where the other phases differ without it', () => {
  const differing = { ...early, differences: ['orders: 1 rows are left over'] }
  expect(toResult({ order: { early: differing, dependencies: [] } })?.outcome).toBe('not-made')
})

it('breaks with the finding that says why', () => {
  const finding = { kind: 'dependency-unneeded' } as Finding
  const order = { early, dependencies: [{ on: 1, verdict: 'unneeded' as const, shown: '' }] }
  expect(toResult({ order }, {}, [finding])?.outcome).toBe('broke')
})
