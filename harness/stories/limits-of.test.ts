import { expect, it } from 'vitest'
import type { MigrationFailure } from '../model/history.ts'
import type { HistoryAudit } from '../model/history-audit.ts'
import { definePhase, type Scenario } from '../model/scenario.ts'
import { sameSchemaAs, table } from '../model/vocabulary.ts'
import { historyLimitsOf, rightsLimitsOf, targetLimitsOf } from './limits-of.ts'

const about = {
  title: 'x',
  goal: 'x',
  risk: 'low',
  dependsOn: [],
  estimateMinutes: 1,
  migrations: [],
} as const
const scenario: Scenario = {
  name: 'shop',
  title: 'Shop',
  snapshot: null,
  migrations: 'migrations/shop',
  tool: { name: 'prisma' },
  target: { schema: 'schema.prisma' },
  phases: [
    definePhase({ ...about, id: 1, name: '01-a', changes: ['orders', 'carts'], expect: [table('orders')] }),
    definePhase({ ...about, id: 2, name: '02-b', changes: ['orders'], expect: [table('orders')] }),
  ],
}

it('says which tables a later phase compares with the target, as long as it did not run', () => {
  expect(targetLimitsOf(scenario, 1)).toEqual([
    "A table is compared with the target's schema in the last phase that names it, so not yet: orders (phase 2).",
  ])
  expect(targetLimitsOf(scenario, 2)).toEqual([])
  expect(targetLimitsOf({ ...scenario, target: {} }, 1)).toEqual([])
})

it('says that rights are left out of comparisons, where roles are known and something is compared', () => {
  const roles = { migrator: 'deploy', app: 'web' }
  expect(rightsLimitsOf(scenario)).toEqual([])
  expect(rightsLimitsOf({ ...scenario, roles })).toEqual([expect.stringContaining('not with references')])
  const [, last] = scenario.phases
  const phases = last ? [{ ...last, expect: [sameSchemaAs('linear')] }] : []
  expect(rightsLimitsOf({ ...scenario, roles, target: {}, phases })).toHaveLength(1)
  expect(rightsLimitsOf({ ...scenario, roles, target: {} })).toEqual([])
})

it('says that nobody looked for the effects of a history that does not run from the beginning', () => {
  const verdict = {
    migration: '1_init',
    phase: 1,
    evidence: [],
    present: 0,
    looked: 0,
    absent: [],
    declared: null,
    wayOut: null,
  }
  const broken: MigrationFailure = {
    migration: '1_init',
    file: '',
    line: null,
    statement: null,
    sqlstate: '58P01',
    message: 'no such library',
    detail: null,
    hint: null,
  }
  const toPhases = (audit: HistoryAudit) => [{ audit }, {}]
  const unknown = { migrations: [{ ...verdict, verdict: 'unknown' as const }], obstacles: [], broken }
  expect(historyLimitsOf(toPhases(unknown))).toEqual([
    'Whether production has what 1 migrations of its history make was not looked for: run one after another on an empty database, they fail at 1_init (58P01: no such library).',
  ])
  expect(historyLimitsOf(toPhases({ ...unknown, broken: null }))).toEqual([])
  expect(historyLimitsOf([])).toEqual([])
})
