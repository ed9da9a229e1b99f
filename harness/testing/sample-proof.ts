import type { PhaseResult, Proof, ProofAbout } from '../model/proof.ts'
import type { RunScope } from '../model/statement.ts'
import type { TestRecord } from '../model/test-record.ts'
import { toStatement } from '../proof/statement/to-statement.ts'

/** What a whole run was asked to show. */
export const wholeRun: RunScope = {
  isFiltered: false,
  rehearsals: 'all',
  isWithoutContracts: false,
  isScaled: false,
  isThorough: false,
  reused: { trials: 0, phases: [] },
}

const digest = (letter: string) => letter.repeat(64)

/** A proof of two phases that passed. */
export function toSampleProof(changes: Partial<Proof> = {}): Proof {
  const about: ProofAbout = {
    snapshot: { name: 'shop', digest: digest('1') },
    migrations: { '20260101_orders': digest('2'), '20260201_refunds': digest('3') },
    expectations: digest('4'),
    postgres: '17.10',
    tool: { name: 'prisma', version: '7.3.0', order: 'locale en-US', transactionRule: 'one-batch' },
    harness: digest('5'),
    server: digest('6'),
    scaled: null,
    contract: digest('7'),
  }
  const phases = ['01-orders', '02-refunds'].map(
    (name, index): PhaseResult => ({
      phase: index + 1,
      name,
      title: name,
      outcome: 'passed',
      expectations: 1,
      contracts: 1,
      migrations: [],
      replayMs: 1,
      checkpoint: digest('8'),
    }),
  )
  return {
    format: 1,
    scenario: 'shop',
    upTo: 2,
    verdict: 'proven',
    phases,
    about,
    states: digest('9'),
    limits: [],
    takenAt: '2026-01-06T00:00:00.000Z',
    durationMs: 1,
    ...changes,
  }
}

/** A check that passed. */
export function toSampleRecord(phase: number, changes: Partial<TestRecord> = {}): TestRecord {
  return {
    file: '',
    name: `phase ${phase} > table exists`,
    state: 'passed',
    subject: { kind: 'expectation', phase },
    findings: [],
    errors: [],
    retries: 0,
    durationMs: 1,
    reused: false,
    attempts: [],
    exercised: [],
    ...changes,
  }
}

/** The statement of a proof, as `prove` writes it. */
export function toSampleStatement(
  proof: Proof = toSampleProof(),
  ground: Partial<Parameters<typeof toStatement>[1]> = {},
) {
  return toStatement(proof, {
    states: null,
    plan: digest('a'),
    loaded: {},
    records: [toSampleRecord(1), toSampleRecord(2)],
    harness: { name: 'phaseproof', version: '0.1.0', digest: digest('b') },
    provider: 'embedded',
    commit: null,
    roles: { owner: null, app: null },
    run: wholeRun,
    ...ground,
  })
}
