import { describe, expect, it } from 'vitest'
import type { Checkpoint, PhaseEvidence } from '../model/checkpoint.ts'
import type { Finding } from '../model/finding.ts'
import type { MigrationFailure } from '../model/history.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { Phase } from '../model/scenario.ts'
import { assembleProof, type PhaseOutcome } from './assemble-proof.ts'
import { renderProof } from './render-proof.ts'
import { toStates } from './to-states.ts'

const empty = { tables: [], enums: [], sequences: [], views: [], functions: [], extensions: [], objects: [] }
const checkpoint: Checkpoint = {
  key: 'k',
  database: 'phaseproof_cp',
  schema: empty,
  history: [],
  rowCounts: {},
  content: { tables: [], changes: [] },
}
const failure: MigrationFailure = {
  migration: '2_units',
  file: 'migrations/2_units/migration.sql',
  line: 7,
  statement: 'ALTER TABLE "units" ADD COLUMN "n" int NOT NULL',
  message: 'column "n" of relation "units" contains null values',
  sqlstate: '23502',
  detail: null,
  hint: null,
}

function phase(id: number, title: string): Phase {
  const folder = { id, name: `0${id}-x`, title, goal: '', risk: 'low' as const, estimateMinutes: 30 }
  return { ...folder, dependsOn: [], migrations: [`${id}_units`], changes: [], expect: [] }
}

function evidence(id: number, failed: MigrationFailure | null = null): PhaseEvidence {
  const replay = { applied: failed ? [] : [`${id}_units`], failure: failed, session: [], durationMs: 12.4 }
  const words = {
    title: 'Tool 1',
    order: 'names',
    unfinishedEffect: '',
    unfinishedRemedy: '',
    elsewhereRemedy: '',
    orderRemedy: '',
    deploy: 'deploy',
    resolveApplied: 'resolve --applied <name>',
    resolveRolledBack: 'resolve --rolled-back <name>',
  }
  const rest = {
    migrations: [],
    missingDependency: null,
    probes: [],
    preconditions: [],
    maskedReads: [],
    rewrites: [],
    references: {},
    words,
  }
  return {
    judgedOn: '2026-01-06',
    phase: id,
    before: checkpoint,
    after: { ...checkpoint, key: `k${id}` },
    replay,
    ...rest,
  }
}

function run(phases: readonly PhaseEvidence[]): ScenarioRun {
  const about = {
    snapshot: null,
    migrations: {},
    expectations: 'e',
    postgres: '17.10',
    tool: { name: 'prisma', version: '7.3.0', order: 'locale en-US', transactionRule: 'one-batch' },
    harness: 'h',
    server: null,
    scaled: null,
    contract: null,
  }
  return {
    scenario: 'shop',
    upTo: 3,
    phases,
    about,
    roles: { owner: null, app: null },
    limits: ['A limit.'],
    edited: null,
    startedAt: '2026-01-06T00:00:00.000Z',
    kept: [],
  }
}

const phases = [phase(1, 'Base'), phase(2, 'Units and more'), phase(3, 'Rest')]
const met: PhaseOutcome = { expectations: 4, contracts: 1, findings: [], notRun: null }
const all = run([evidence(1), evidence(2), evidence(3)])
const now = { takenAt: '2026-01-06T00:00:02.500Z' }
const missing = (expectation: string, expected: string): Finding => ({
  kind: 'missing-column',
  table: 'units',
  column: 'n',
  expected,
  phase: 2,
  expectation,
})

function prove(subject: ScenarioRun, outcomes: readonly [number, PhaseOutcome][]) {
  return assembleProof(subject, phases, new Map(outcomes), now)
}

describe('the verdict', () => {
  it('is proven when every phase was replayed and every expectation met', () => {
    expect(
      prove(all, [
        [1, met],
        [2, met],
        [3, met],
      ]),
    ).toMatchObject({ verdict: 'proven', durationMs: 2500 })
  })

  it('is disproven by one finding', () => {
    const failed = { ...met, findings: [missing('units.n is integer', 'integer')] }
    expect(
      prove(all, [
        [1, met],
        [2, failed],
        [3, met],
      ]).verdict,
    ).toBe('disproven')
  })

  it('is undecided when a phase was not judged, or only in part', () => {
    expect(
      prove(all, [
        [1, met],
        [2, met],
      ]).verdict,
    ).toBe('undecided')
    expect(
      prove(all, [
        [1, met],
        [2, met],
        [3, { ...met, notRun: '1 of 4 expectations did not run' }],
      ]).verdict,
    ).toBe('undecided')
  })

  it('is undecided, never proven, when nothing was replayed', () => {
    const proof = prove(run([]), [
      [1, met],
      [2, met],
      [3, met],
    ])
    expect(proof.verdict).toBe('undecided')
    expect(proof.phases.map(({ outcome }) => outcome)).toEqual(['not-run', 'not-run', 'not-run'])
  })

  it('counts a fault once, however many expectations it breaks', () => {
    const failed = {
      ...met,
      findings: [missing('units.n is integer', 'integer'), missing('units has exactly 3 columns', 'listed')],
    }
    const [, second] = prove(all, [
      [1, met],
      [2, failed],
      [3, met],
    ]).phases
    expect(second?.outcome === 'failed' && second.findings).toHaveLength(1)
  })

  it('keeps what happened before a failure and says what the failure blocks', () => {
    const findings: Finding[] = [
      { kind: 'migration-failed', failure, remains: ['nothing'], phase: 2, expectation: 'applies' },
    ]
    const proof = prove(run([evidence(1), evidence(2, failure)]), [
      [1, met],
      [2, { ...met, findings }],
    ])
    expect(proof.phases).toMatchObject([
      { outcome: 'passed', checkpoint: 'k1' },
      { outcome: 'failed' },
      { outcome: 'not-run', blockedBy: 'phase 2 failed' },
    ])
  })
})

describe('the printed verdict', () => {
  it('reads as a person needs it at night', () => {
    const findings: Finding[] = [
      {
        kind: 'migration-failed',
        failure,
        applied: ['1_base'],
        remains: ['history holds 2_units unfinished'],
        phase: 2,
        expectation: 'applies',
      },
    ]
    const proof = prove(run([evidence(1), evidence(2, failure)]), [
      [1, met],
      [2, { ...met, findings, expectations: 1, contracts: 0 }],
    ])
    const text = renderProof(proof, {
      colors: false,
      file: 'reports/shop/phase-3.json',
      kept: [{ phase: 2, open: 'pnpm phaseproof open phaseproof_kept_shop_phase_2' }],
    })
    expect(text).toBe(
      `  ✓ passed   1  Base            1 migration, 4 expectations, 1 contract, replay 12 ms
  ✗ failed   2  Units and more  0 migrations, 1 expectation, 0 contracts, 1 finding
  – not run  3  Rest            phase 2 failed

  phase 2  migration-failed: 2_units failed: column "n" of relation "units" contains null values
      expected  every migration of the phase applies on this snapshot
      found     23502 column "n" of relation "units" contains null values at migrations/2_units/migration.sql:7
            statement: ALTER TABLE "units" ADD COLUMN "n" int NOT NULL
      cause     Rows of production have no value there: a required column was added without a default, or NOT NULL was set before every row was filled.
      left      1 migration stays applied: 1_base
                history holds 2_units unfinished
      next      Add the column nullable, fill every row, then SET NOT NULL; or add it with a DEFAULT.

  limit: A limit.
  kept: the database of phase 2; open it with: pnpm phaseproof open phaseproof_kept_shop_phase_2
  DISPROVEN  shop phases 1 to 3 in 2.5 s, reports/shop/phase-3.json`,
    )
  })

  it('shows the beginning of a very long limit', () => {
    const proof = {
      ...prove(all, [
        [1, met],
        [2, met],
        [3, met],
      ]),
      limits: ['x'.repeat(500)],
    }
    expect(renderProof(proof, { colors: false, file: null, kept: [] })).toContain(
      `${'x'.repeat(200)} … (whole in the proof)`,
    )
  })
})

describe('the states of a proof', () => {
  it('end before the phase that failed, keep nothing that a migration logged, and are the same after each replay', () => {
    const row = { checksum: 'c', startedAt: 's', finishedAt: 'f', rolledBackAt: null, appliedSteps: 1 }
    const logged = [{ ...row, name: '1_base', logs: 'Key (last)=(Invented) is there already' }]
    const first = evidence(1)
    const epoch = '1970-01-01T00:00:00.000Z'
    const states = toStates(
      run([{ ...first, after: { ...first.after, history: logged } }, evidence(2, failure)]),
      phases,
    )
    expect(states?.phases).toEqual([
      {
        phase: 1,
        name: '01-x',
        after: {
          schema: empty,
          history: [{ ...row, name: '1_base', startedAt: epoch, finishedAt: epoch }],
          rowCounts: {},
        },
      },
    ])
    expect(states?.start.history).toEqual([])
  })
})
