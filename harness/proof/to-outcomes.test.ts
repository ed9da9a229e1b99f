import { describe, expect, it } from 'vitest'
import type { ContractTrial } from '../model/contract.ts'
import type { Finding } from '../model/finding.ts'
import type { Disturbance, TestRecord } from '../model/test-record.ts'
import { type PhaseDuty, toOutcomes } from './to-outcomes.ts'

const folder = 'scenarios/shop/phases'
const file = `${folder}/01-orders/orders.contract.test.ts`
const duties: readonly PhaseDuty[] = [
  { id: 1, name: '01-orders', expectations: 2, todo: [], contractFiles: [file] },
  { id: 2, name: '02-refunds', expectations: 1, todo: [], contractFiles: [] },
]

function toRecord(parts: Partial<TestRecord>): TestRecord {
  return {
    file: 'phases',
    name: 'a test',
    state: 'passed',
    subject: { kind: 'unknown' },
    findings: null,
    errors: [],
    retries: 0,
    durationMs: 1,
    reused: false,
    attempts: [],
    exercised: [],
    ...parts,
  }
}

const expectation = (phase: number, parts: Partial<TestRecord> = {}) =>
  toRecord({
    subject: { kind: 'expectation', phase },
    name: `expectation of ${phase}`,
    findings: [],
    ...parts,
  })

const contract = (trial: Partial<ContractTrial> = {}, parts: Partial<TestRecord> = {}) =>
  toRecord({
    subject: {
      kind: 'contract',
      trial: { kind: 'flow', phase: 1, checkpoint: 1, role: 'own', ...trial },
      isNotServed: false,
    },
    name: 'an order is placed',
    file,
    findings: [],
    ...parts,
  })

const sweep = (phase: number, parts: Partial<TestRecord> = {}) =>
  toRecord({
    subject: { kind: 'endpoints', report: { phase, cells: [], notShown: [], seed: null } },
    findings: [],
    ...parts,
  })

const plain = (parts: Partial<TestRecord>) => toRecord({ file, name: 'a plain test', ...parts })
const missing: Finding = { kind: 'missing-table', table: 'orders', phase: 1, expectation: 'orders' }
const failedFirst = (phase: number): Finding => ({
  kind: 'endpoint-failed',
  operationId: 'listOrders',
  request: 'GET /orders',
  status: 500,
  sincePhase: 1,
  reason: 'no table',
  phase,
  expectation: 'endpoints',
})
const healthy = [expectation(1), expectation(1), contract(), expectation(2)]

function judge(records: readonly TestRecord[], disturbances: readonly Disturbance[] = []) {
  const { phases, undecided } = toOutcomes(duties, { records, disturbances })
  const notRun = [...phases.values()].map((outcome) => outcome.notRun)
  const kinds = [...phases.values()].map(({ findings }) => findings.map(({ kind }) => kind))
  return { phases, notRun, undecided, kinds }
}

it('finds nothing open where all that is owed ran and was met', () => {
  const { phases, notRun, undecided } = judge(healthy)
  expect(phases.get(1)).toEqual({ expectations: 2, contracts: 1, findings: [], notRun: null })
  expect([notRun, undecided]).toEqual([[null, null], []])
})

it('keeps a phase from passing whose author has something to do', () => {
  const owing = duties.map((duty) => (duty.id === 2 ? { ...duty, todo: ['state the index'] } : duty))
  const { phases } = toOutcomes(owing, { records: healthy, disturbances: [] })
  expect([...phases.values()].map(({ notRun }) => notRun)).toEqual([null, 'to do: "state the index"'])
})

describe('before any test ran', () => {
  it('has every phase not run, with what it owes', () => {
    expect(judge([]).notRun).toEqual([
      '2 of 2 expectations did not run, orders.contract.test.ts did not run',
      '1 of 1 expectations did not run',
    ])
  })
})

describe('what did not run keeps its phase from passing', () => {
  it.for<[string, readonly TestRecord[], string]>([
    ['an expectation', [expectation(1), contract()], '1 of 2 expectations did not run'],
    [
      'an expectation that was registered and skipped',
      [expectation(1), expectation(1, { state: 'not-run', findings: null }), contract()],
      '1 of 2 expectations did not run',
    ],
    ['a file of contracts', [expectation(1), expectation(1)], 'orders.contract.test.ts did not run'],
    [
      'a contract',
      [...healthy, contract({}, { name: 'another', state: 'not-run', findings: null })],
      '1 of 2 contracts did not run',
    ],
    [
      'a contract that is to be written',
      [...healthy, plain({ name: 'refunds', state: 'not-run', subject: { kind: 'to-do', phase: 1 } })],
      'to do: "refunds"',
    ],
    [
      'a contract whose test ended without a judgement',
      [...healthy, contract({}, { findings: null })],
      '1 of 2 contracts did not run',
    ],
    [
      'a run of a contract on another state',
      [...healthy, contract({ role: 'before', checkpoint: 0 }, { state: 'not-run', findings: null })],
      '1 runs of contracts around the phase did not run',
    ],
    [
      'a run of a contract on an earlier server',
      [...healthy, contract({ role: 'rollout', server: 'old' }, { state: 'not-run', findings: null })],
      '1 runs of contracts around the phase did not run',
    ],
    [
      'a sweep',
      [...healthy, sweep(1, { state: 'not-run', findings: null })],
      'its endpoints were not called',
    ],
    ['a plain test', [...healthy, plain({ state: 'not-run' })], '"a plain test" did not run'],
  ])('%s', ([, records, reason]) => {
    expect(judge(records).notRun[0]).toBe(reason)
  })

  it('but not a run whose contract has its verdict already', () => {
    const skipped = contract({ role: 'after', checkpoint: 2 }, { state: 'not-run', findings: [] })
    expect(judge([...healthy, skipped]).notRun).toEqual([null, null])
  })
})

describe('counting', () => {
  it('lets one run stand for its contract, the one after its own phase', () => {
    const around = [
      contract({ role: 'before', checkpoint: 0 }),
      contract({ role: 'after', checkpoint: 2 }),
      contract({ role: 'rollout', server: 'old' }),
      contract({ server: 'old' }),
    ]
    expect(judge([...healthy, ...around]).phases.get(1)?.contracts).toBe(1)
  })

  it('takes the run after the newest phase where that of the own phase was left out', () => {
    const after = contract({ role: 'after', checkpoint: 2 })
    const records = [expectation(1), expectation(1), after, expectation(2)]
    expect(judge(records).phases.get(1)).toMatchObject({ contracts: 1, notRun: null })
  })

  it('counts a contract that failed as one that ran', () => {
    const failed = contract({}, { state: 'failed', findings: [missing] })
    expect(judge([expectation(1), expectation(1), failed]).phases.get(1)).toMatchObject({
      contracts: 1,
      notRun: null,
    })
  })

  it('counts a reused outcome like any other', () => {
    const records = [expectation(1), expectation(1), contract({}, { reused: true }), expectation(2)]
    expect(judge(records).phases.get(1)).toMatchObject({ contracts: 1, notRun: null })
  })
})

describe('a finding', () => {
  it('is held against the phase it names, wherever its test lies', () => {
    const broken: Finding = {
      kind: 'contract-broken',
      phase: 2,
      expectation: 'x',
      test: 'x',
      file,
      contractOf: 1,
      control: 1,
      message: 'm',
    }
    const after = contract({ role: 'after', checkpoint: 2 }, { state: 'failed', findings: [broken] })
    expect(judge([...healthy, after]).kinds).toEqual([[], ['contract-broken']])
  })

  it('is not lost when its phase is not among those that ran', () => {
    const nobodys = expectation(1, { state: 'failed', findings: [{ ...missing, phase: 7 }] })
    const { undecided } = judge([...healthy, nobodys])
    expect(undecided).toEqual(['a finding (missing-table) speaks of phase 7, which did not run'])
  })

  it('stands beside what could not be judged', () => {
    const { kinds, undecided } = judge([
      ...healthy,
      expectation(1, { state: 'failed', findings: [missing] }),
      plain({ state: 'failed' }),
    ])
    expect([kinds[0], undecided.length]).toEqual([['missing-table'], 1])
  })

  it('of an endpoint is said of the first phase that shows it, once', () => {
    const swept = [2, 1].map((phase) => sweep(phase, { state: 'failed', findings: [failedFirst(phase)] }))
    expect(judge([...healthy, ...swept]).kinds).toEqual([['endpoint-failed'], []])
  })

  it('of a probe is left out where the endpoint does not work at all', () => {
    const probe: Finding = {
      kind: 'endpoint-violates-contract',
      check: 'not_a_server_error',
      operationId: 'listOrders',
      request: 'GET /orders',
      status: 500,
      pointer: '',
      expected: 'e',
      got: 'g',
      phase: 2,
      expectation: 'x',
    }
    const records = [sweep(1, { state: 'failed', findings: [failedFirst(1)] })]
    expect(judge([...records, sweep(2, { state: 'failed', findings: [probe] })]).kinds).toEqual([
      ['endpoint-failed'],
      [],
    ])
    expect(judge([sweep(2, { state: 'failed', findings: [probe] })]).kinds).toEqual([
      [],
      ['endpoint-violates-contract'],
    ])
  })
})

describe('what failed and says nothing about the phase', () => {
  const failure = { state: 'failed' as const, errors: [{ name: 'Error', message: 'no' }] }

  it.for<[string, TestRecord]>([
    ['a plain test', plain(failure)],
    ['an expectation that was never judged', expectation(1, { ...failure, findings: null })],
    ['a contract that was met and whose hook failed', contract({}, failure)],
    ['a contract that the harness could not judge', contract({}, { ...failure, findings: null })],
    ['a sweep', sweep(1, { ...failure, findings: null })],
    ['a sweep of the snapshot, for phase 1', sweep(0, { ...failure, findings: null })],
  ])('%s is undecided, with its name and message, and its phase does not pass', ([, record]) => {
    const { undecided, notRun } = judge([...healthy, record])
    expect(undecided).toEqual([`phase 1, "${record.name}" in ${record.file} failed without a finding: no`])
    expect(notRun[0]).toContain('something of it could not be judged')
    expect(notRun[1]).toBeNull()
  })

  it('is undecided without a phase where the file lies in none', () => {
    const elsewhere = plain({ ...failure, file: 'scenarios/shop/loose.contract.test.ts' })
    const { undecided, notRun } = judge([...healthy, elsewhere])
    expect(undecided).toEqual([
      '"a plain test" in scenarios/shop/loose.contract.test.ts failed without a finding: no',
    ])
    expect(notRun).toEqual([null, null])
  })

  it('joins several messages, and says so where there is none', () => {
    const errors = [...failure.errors, { name: 'Error', message: 'nor this' }]
    expect(judge([plain({ ...failure, errors })]).undecided[0]).toContain('a finding: no; nor this')
    expect(judge([plain({ state: 'failed' })]).undecided[0]).toContain('failed without an error')
  })

  it('is undecided also when it passed at a second try', () => {
    const { undecided } = judge([...healthy, contract({}, { retries: 1 })])
    expect(undecided).toEqual([`phase 1, "an order is placed" in ${file} was tried 2 times: set retry to 0`])
  })
})

describe('what went wrong outside of every test', () => {
  it.for<[string, Disturbance, string]>([
    ['in the file of a phase', { file, where: 'orders', message: 'no' }, 'phase 1, orders: no'],
    ['in a file of no phase', { file: 'x.test.ts', where: 'x', message: 'no' }, 'x: no'],
    ['nobody knows where', { file: null, where: 'the run', message: 'no' }, 'the run: no'],
  ])('%s is undecided', ([, disturbance, text]) => {
    expect(judge(healthy, [disturbance]).undecided).toEqual([text])
  })

  it('does not take a folder for another whose name begins alike', () => {
    const disturbance = { file: `${folder}/01-orders-2/x.contract.test.ts`, where: 'x', message: 'no' }
    expect(judge(healthy, [disturbance])).toMatchObject({ undecided: ['x: no'], notRun: [null, null] })
  })
})

it('counts the trials of a phase that were told from earlier runs, endpoints included, and none where all ran', () => {
  const records = [
    ...healthy,
    contract({ role: 'before', checkpoint: 0 }, { reused: true }),
    sweep(0, { reused: true }),
    sweep(2),
  ]
  const { phases } = toOutcomes(duties, { records, disturbances: [] })
  expect([phases.get(1)?.trials, phases.get(2)?.trials]).toEqual([{ reused: 2, of: 3 }, undefined])
})
