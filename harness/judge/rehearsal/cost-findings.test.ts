import { expect, it } from 'vitest'
import { DEFAULT_BUDGET } from '../../model/budget.ts'
import type { CostRehearsal, HeldLock, StatementCost } from '../../model/cost.ts'
import { costFindings } from './cost-findings.ts'
import { predictionDifferences } from './prediction-differences.ts'

const rowCounts = { 'public.orders': 400, 'public.audit': 0 }

function toLock(lock: Partial<HeldLock> = {}): HeldLock {
  return {
    relation: 'public.orders',
    mode: 'AccessExclusiveLock',
    heldMs: 5000,
    seen: 'transaction',
    ...lock,
  }
}

function toStatement(cost: Partial<StatementCost>): StatementCost {
  return {
    migration: '1',
    file: 'migrations/1/migration.sql',
    line: 1,
    statement: 'ALTER TABLE orders …',
    transaction: 1,
    durationMs: 1,
    locks: [],
    rewrites: [],
    scans: [],
    said: [],
    rows: 0,
    walBytes: 0,
    tempBytes: 0,
    predicted: null,
    ...cost,
  }
}

function judge(statements: readonly StatementCost[], cost: Partial<CostRehearsal> = {}) {
  const slots = { most: 1, perTransaction: 64 }
  return costFindings(
    { statements, durationMs: 10, slots, differences: [], ...cost },
    DEFAULT_BUDGET,
    rowCounts,
  )
}

it('finds a lock behind which readers wait too long, and the statement that made it long', () => {
  const [taker, slow] = [
    toStatement({ locks: [toLock()] }),
    toStatement({ line: 4, statement: 'UPDATE …', durationMs: 4900 }),
  ]
  expect(judge([taker, slow])).toMatchObject([
    {
      kind: 'lock-held-too-long',
      line: 1,
      table: 'orders',
      heldMs: 5000,
      limitMs: 2000,
      longest: { line: 4, durationMs: 4900 },
    },
  ])
})

it.each<[why: string, lock: Partial<HeldLock>]>([
  ['a table without rows', { relation: 'public.audit' }],
  ['a table that the phase makes', { relation: 'public.new' }],
  ['a lock behind which only writers wait, for less than they may', { mode: 'ShareLock' }],
  ['a lock behind which nobody waits', { mode: 'ShareUpdateExclusiveLock', heldMs: 1e9 }],
  ['a lock that is short enough', { heldMs: 2000 }],
])('finds nothing in %s', (_why, lock) => {
  expect(judge([toStatement({ locks: [toLock(lock)] })])).toEqual([])
})

it('finds one lock per table, the one that is furthest beyond its limit', () => {
  const statements = [
    toStatement({ locks: [toLock({ mode: 'ShareLock', heldMs: 11_000 })] }),
    toStatement({ line: 2, transaction: 2, locks: [toLock({ heldMs: 9000 })] }),
  ]
  expect(judge(statements)).toMatchObject([{ line: 2, mode: 'AccessExclusiveLock', longest: null }])
})

it('finds a rewrite beyond its size and a deploy beyond its time', () => {
  const rewrites = [{ relation: 'public.orders', reason: 'another type', bytes: 2 ** 31 }]
  const found = judge([toStatement({ rewrites, durationMs: 300_000 })], { durationMs: 300_001 })
  expect(found.map(({ kind }) => kind)).toEqual(['rewrite-too-large', 'deploy-too-long'])
})

it('says nothing of what was measured on something else than the deploy', () => {
  const statements = [toStatement({ locks: [toLock()] })]
  expect(judge(statements, { differences: ['public.orders is not there'] })).toEqual([])
})

it('tells where a statement did something else than its text says', () => {
  const locks = { 'public.orders': 'AccessExclusiveLock' } as const
  const predicted = { locks, rewrites: { 'public.orders': false } }
  const agreeing = toStatement({ locks: [toLock()], predicted })
  // A lock that the transaction holds already is not taken again.
  expect(predictionDifferences([agreeing, toStatement({ line: 2, predicted })])).toEqual([])
  const idle = toStatement({ predicted })
  const more = toStatement({
    locks: [toLock(), toLock({ relation: 'public.audit', mode: 'ShareRowExclusiveLock' })],
    rewrites: [{ relation: 'public.orders', reason: 'another type', bytes: 1 }],
    predicted,
  })
  expect([predictionDifferences([idle]), predictionDifferences([more])]).toEqual([
    ['migrations/1/migration.sql:1 reads as if it took ACCESS EXCLUSIVE on orders; it took none'],
    [
      'migrations/1/migration.sql:1 took SHARE ROW EXCLUSIVE on audit, which its text does not tell',
      'migrations/1/migration.sql:1 wrote orders anew, which its text does not tell',
    ],
  ])
})
