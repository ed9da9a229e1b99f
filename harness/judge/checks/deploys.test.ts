import { expect, it } from 'vitest'
import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { MigrationFailure } from '../../model/history.ts'
import type { Rehearsal, RehearsedStop } from '../../model/rehearsal.ts'
import { deploysAgain } from './deploys-again.ts'
import { deploysAtOnce } from './deploys-at-once.ts'
import { recovers } from './recovers.ts'

const words = {
  deploy: 'tool deploy',
  resolveApplied: 'tool resolve --applied <name>',
  resolveRolledBack: 'tool resolve --rolled-back <name>',
}
const quiet = { applied: [], failure: null, differences: [] }
const met: Rehearsal['twoDeploys'] = {
  first: null,
  second: null,
  met: 'waited',
  differences: [],
  leftovers: [],
}
const refusal: MigrationFailure = {
  migration: '1',
  file: '1.sql',
  line: null,
  statement: null,
  message: 'no',
  sqlstate: '42P07',
  detail: null,
  hint: null,
}
const stop: RehearsedStop = {
  migration: '1',
  file: '1.sql',
  how: ['killed'],
  from: 1,
  to: 1,
  committed: 1,
  of: 2,
  line: 3,
  remains: ['line 1: CREATE TABLE a ()'],
  recovery: 'rolled-back',
  failed: [],
}
const lost: RehearsedStop = {
  ...stop,
  recovery: null,
  failed: [
    { recovery: 'rolled-back', says: 'it is there already' },
    { recovery: 'rollback-rolled-back', says: 'it stops' },
  ],
}

const evidenceOf = (rehearsal: Rehearsal) => ({ phase: 1, words, rehearsal }) as unknown as PhaseEvidence
const recover = (stops: readonly RehearsedStop[], again: Rehearsal['again'] = quiet) =>
  recovers.judge({ kind: 'recovers', rollback: 'undo.sql' }, evidenceOf({ again, halfWay: { stops } }))
const meet = (both: Partial<typeof met>, again: Rehearsal['again'] = quiet) =>
  deploysAtOnce.judge({ kind: 'deploys-at-once' }, evidenceOf({ again, twoDeploys: { ...met, ...both } }))

it.each([
  [quiet, 0],
  [{ ...quiet, applied: ['1'] }, 1],
  [{ ...quiet, failure: refusal }, 1],
  [{ ...quiet, differences: ['a: 1 rows were there, 2 are'] }, 1],
])('finds a second deploy that does anything: %j', (again, count) => {
  expect(deploysAgain.judge({ kind: 'deploys-again' }, evidenceOf({ again }))).toHaveLength(count)
})

it('finds a stop from which nothing leads on, and tells the commands that were tried', () => {
  expect(recover([stop])).toEqual([])
  expect(recover([stop, lost])).toMatchObject([
    {
      kind: 'recovery-fails',
      line: 3,
      tried: [
        { commands: ['tool resolve --rolled-back 1', 'tool deploy'], says: 'it is there already' },
        {
          commands: ['psql -v ON_ERROR_STOP=1 -f undo.sql', 'tool resolve --rolled-back 1', 'tool deploy'],
          says: 'it stops',
        },
      ],
    },
  ])
})

it('lets a second deploy give up, and nothing else', () => {
  expect(meet({})).toEqual([])
  expect(meet({ met: 'gave-up', second: { ...refusal, isBusy: true } })).toEqual([])
  for (const both of [
    { first: refusal },
    { second: refusal },
    { differences: ['table a is missing'] },
    { leftovers: ['an advisory lock stays'] },
  ])
    expect(meet(both)).toMatchObject([{ kind: 'two-deploys-collide', ...both }])
})

it('blames neither a recovery nor a second deploy beside the first on a phase that cannot be deployed twice', () => {
  const again = { ...quiet, applied: ['1'] }
  expect([recover([lost], again), meet({ second: refusal }, again)]).toEqual([[], []])
})

it('needs each experiment, or the reason why it was not made', () => {
  expect(() => recovers.judge({ kind: 'recovers', rollback: null }, evidenceOf({}))).toThrow('halfWay')
  const notMade = { halfWay: '--quick leaves it out' }
  expect(recovers.judge({ kind: 'recovers', rollback: null }, evidenceOf({ notMade }))).toEqual([])
})
