import { expect, it } from 'vitest'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { SessionChange } from '../model/history.ts'
import { sessionLimitsOf } from './session-limits.ts'

const change: SessionChange = {
  migration: '1',
  file: 'migrations/1/migration.sql',
  line: 3,
  left: 'row_security off instead of on',
  ranUnder: [],
  changesMeaning: false,
  brokeDeploy: false,
}

function limits(...session: SessionChange[]): string[] {
  const replay = { applied: [], failure: null, session, durationMs: 1 }
  return sessionLimitsOf([{ phase: 2, replay } as unknown as PhaseEvidence])
}

it('tells what would be met by a file that comes after', () => {
  expect(limits(change)).toEqual([
    'Phase 2: migrations/1/migration.sql:3 leaves row_security off instead of on in the session of its deploy: a file that is deployed together with it, after it, would run under that.',
  ])
})

it('counts the files under what seldom matters', () => {
  expect(limits({ ...change, line: null, ranUnder: ['2', '3'] })).toEqual([
    'Phase 2: migrations/1/migration.sql leaves row_security off instead of on in the session of its deploy, and 2 later files of the phase ran under that.',
  ])
})

it('leaves to the findings what is one', () => {
  const met = { ...change, changesMeaning: true, ranUnder: ['2'] }
  expect(limits(met, { ...met, brokeDeploy: true, ranUnder: [] })).toEqual([])
})
