import { expect, it } from 'vitest'
import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { Rehearsal, RestoreOutcome } from '../../model/rehearsal.ts'
import { restores } from './restores.ts'
import { rollsBackAll } from './rolls-back-all.ts'

const came: RestoreOutcome = {
  failure: null,
  sizeBytes: 1,
  backupMs: 1,
  restoreMs: 1,
  sessions: 'ended',
  differences: [],
}
const evidenceOf = (rehearsal: Rehearsal) => ({ phase: 2, rehearsal }) as unknown as PhaseEvidence
const judgeRestore = (ofPhase: Partial<RestoreOutcome>, ofPlan: Partial<RestoreOutcome> | null = null) =>
  restores.judge(
    { kind: 'restores' },
    evidenceOf({
      restore: {
        by: 'pg_dump 17.4',
        ofPhase: { ...came, ...ofPhase },
        ofPlan: ofPlan && { ...came, ...ofPlan },
      },
    }),
  )

it('finds a backup that does not come back, and which it is', () => {
  const failure = { step: 'restore' as const, says: 'no' }
  expect(judgeRestore({}, {})).toEqual([])
  expect(judgeRestore({ failure }, { failure })).toMatchObject([{ kind: 'restore-fails', before: 'phase' }])
  expect(judgeRestore({}, { failure })).toMatchObject([{ kind: 'restore-fails', before: 'plan' }])
  expect(judgeRestore({ differences: ['table a is missing'] })).toMatchObject([
    { kind: 'restore-incomplete', differences: ['table a is missing'] },
  ])
})

it('fails where the experiment is missing without a reason', () => {
  expect(() => restores.judge({ kind: 'restores' }, evidenceOf({}))).toThrow('restore')
  expect(restores.judge({ kind: 'restores' }, evidenceOf({ notMade: { restore: 'no pg_dump' } }))).toEqual([])
})

const file = 'rollback.sql'
const step = { phase: 1, file, stop: null, differences: ['orders.note: 3 values are not what they were'] }
const judgeChain = (leaves: readonly string[], rollback?: Rehearsal['rollback']) =>
  rollsBackAll.judge(
    { kind: 'rolls-back-all', leaves },
    evidenceOf({ fullRollback: { steps: [step], durationMs: 1 }, ...(rollback && { rollback }) }),
  )

it('finds what is left at the end of all rollbacks, but for what any of them declares', () => {
  expect(judgeChain([])).toMatchObject([{ kind: 'rollback-chain-broken', from: 2, at: 1 }])
  expect(judgeChain(['orders.note'])).toEqual([])
})

it("does not tell again what the phase's own rollback leaves", () => {
  const own = { stop: null, idle: [], durationMs: 1, differences: step.differences, again: null }
  expect(judgeChain([], own)).toEqual([])
})
