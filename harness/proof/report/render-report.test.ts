import { expect, it } from 'vitest'
import type { Finding } from '../../model/finding.ts'
import type { Proof } from '../../model/proof.ts'
import type { Phase } from '../../model/scenario.ts'
import { renderReport } from './render-report.ts'

const expectation = 'is as planned'
const phases = [{ id: 1, title: 'First', risk: 'low' }] as unknown as Phase[]

function report(findings: readonly Finding[], changes: Partial<Proof> = {}) {
  const result = { outcome: 'failed', phase: 1, name: '01-first', title: 'First', findings }
  const proof = { scenario: 'shop', upTo: 1, verdict: 'disproven', phases: [result], about: {}, limits: [] }
  return renderReport({ ...proof, ...changes } as unknown as Proof, { title: 'The shop', phases })
}

const missing: Finding = { kind: 'missing-table', table: 'units', phase: 1, expectation }
const claim: Finding = {
  kind: 'claim-wrong',
  claimed: 'missing',
  tables: [{ table: 'orders', rows: 400 }],
  phase: 1,
  expectation,
}
const outside: Finding = {
  kind: 'migration-outside-phase',
  migration: '1_a',
  when: 'already recorded',
  phase: 1,
  expectation,
}

it('tells what the plan rests on before what is missing in the end, and every finding once', () => {
  const text = report([missing, claim])
  expect([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading)).toEqual([
    'The shop: disproven',
    'What the plan says of production, and is not so',
    'What else was found',
  ])
  expect(text).toContain('| `orders` | missing | there with 400 rows |')
  expect(text.match(/missing-table/g)).toHaveLength(1)
})

it('tells a deploy that passes all over as a whole, and each migration where one applies something', () => {
  const deploy = { command: 'tool deploy', recorded: 1, applied: [] }
  expect(report([outside], { deploy })).toContain('- Phase 1, First: passes over 1 migration')
  expect(report([outside], { deploy })).not.toContain('migration-outside-phase')
  expect(report([outside])).toContain('migration-outside-phase')
})

it('ends with what was not shown', () => {
  expect(report([], { limits: ['Rights were not shown.'] })).toMatch(
    /## What was not shown\n\n- Rights were not shown\.\n$/,
  )
})
