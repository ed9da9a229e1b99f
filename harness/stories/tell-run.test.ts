import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReuseGround } from '../model/reuse.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { RunOptions } from '../model/run-options.ts'
import type { TestRecord, TestReport } from '../model/test-record.ts'
import { keepTrials, tellTrials } from './tell-run.ts'

let cacheFolder: string
beforeEach(() => {
  cacheFolder = mkdtempSync(join(tmpdir(), 'phaseproof-told-'))
})
afterEach(() => rmSync(cacheFolder, { recursive: true, force: true }))

const run = {
  scenario: 'shop',
  upTo: 1,
  roles: { owner: null, app: null },
  phases: [{ phase: 1, before: { key: 'empty' }, after: { key: 'orders' }, replay: { failure: null } }],
} as unknown as ScenarioRun
const options: RunOptions = {
  scenario: 'shop',
  upTo: 1,
  postgres: 'embedded',
  fresh: false,
  strict: false,
  keep: 'nothing',
  contracts: true,
  thorough: false,
  cases: { statedPerOperation: 1, randomPerOperation: 1, seed: 1 },
}
const exercised = [{ operationId: 'listOrders', status: '200' }]
const ground: ReuseGround = {
  conditions: { digest: 'conditions', tests: {}, files: { '/shop/orders.contract.test.ts': 'a' } },
  migrations: 'migrations',
  postgres: 'embedded 17.10',
  kept: { orders: { at: 0, exercised } },
}
const trial: TestRecord = {
  file: 'orders.contract.test.ts',
  name: 'an order is kept',
  state: 'passed',
  subject: {
    kind: 'contract',
    trial: { kind: 'flow', phase: 1, checkpoint: 1, role: 'own' },
    isNotServed: false,
  },
  findings: [],
  errors: [],
  retries: 0,
  durationMs: 7,
  reused: false,
  outcomeKey: 'orders',
  attempts: [],
  exercised,
}

function tell(change: { ground?: Partial<ReuseGround>; options?: Partial<RunOptions>; run?: object } = {}) {
  return tellTrials(
    { ...run, ...change.run },
    { ground: { ...ground, ...change.ground }, options: { ...options, ...change.options }, cacheFolder },
  )
}

function keep(report: Partial<TestReport>): void {
  keepTrials(run, { records: [trial], disturbances: [], ...report }, { ground, options, cacheFolder })
}

describe('a run of which every outcome is known', () => {
  it('is told with all that its trials came to', () => {
    keep({})
    expect(tell()).toEqual([{ ...trial, reused: true, durationMs: 0 }])
  })

  it.for<[string, Parameters<typeof tell>[0]]>([
    ['an outcome is forgotten or too old', { ground: { kept: {} } }],
    ['a test file was edited', { ground: withFiles({ '/shop/orders.contract.test.ts': 'b' }) }],
    ['a file is new', { ground: withFiles({ ...ground.conditions.files, '/shop/new.test.ts': 'n' }) }],
    ['a file is gone', { ground: withFiles({}) }],
    ['the environment is another', { ground: { conditions: { ...ground.conditions, digest: 'other' } } }],
    ['a migration was edited', { ground: { migrations: 'others' } }],
    ['Postgres is another', { ground: { postgres: 'embedded 18.1' } }],
    ['it goes further', { options: { upTo: 'all' } }],
    ['other requests are generated', { options: { cases: { ...options.cases, seed: 2 } } }],
    ['all is to run', { options: { fresh: true } }],
    ['it is a regression', { options: { thorough: true } }],
    ['the servers have another role', { run: { roles: { owner: null, app: 'app' } } }],
    ['a state is another', { run: { phases: [{ ...run.phases[0], after: { key: 'others' } }] } }],
    ['a phase fails', { run: { phases: [{ ...run.phases[0], replay: { failure: {} } }] } }],
  ])('is not told when %s', ([, change]) => {
    keep({})
    expect(tell(change)).toBeNull()
  })

  it.for<[string, Partial<TestReport>]>([
    [
      'something went wrong beside them',
      { disturbances: [{ file: null, where: 'a hook', message: 'threw' }] },
    ],
    ['one has no key', { records: [trial, without(trial, 'outcomeKey')] }],
    [
      'one is nobody’s',
      { records: [trial, { ...without(trial, 'outcomeKey'), subject: { kind: 'unknown' } }] },
    ],
    ['one failed', { records: [{ ...trial, state: 'failed' }] }],
    ['one did not run', { records: [{ ...trial, state: 'not-run' }] }],
    ['one passed at a second try', { records: [{ ...trial, retries: 1 }] }],
    ['there are none', { records: [] }],
  ])('is not kept when of its tests %s', ([, report]) => {
    keep(report)
    expect(tell()).toBeNull()
  })
})

function withFiles(files: Record<string, string>): Partial<ReuseGround> {
  return { conditions: { ...ground.conditions, files } }
}

function without(record: TestRecord, name: 'outcomeKey'): TestRecord {
  const { [name]: _left, ...rest } = record
  return rest
}
