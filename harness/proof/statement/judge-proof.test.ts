import { describe, expect, it } from 'vitest'
import type { Finding } from '../../model/finding.ts'
import type { Proof } from '../../model/proof.ts'
import type { ProofStatement, RefusalKind, RunScope } from '../../model/statement.ts'
import { toSampleProof, toSampleRecord, toSampleStatement, wholeRun } from '../../testing/sample-proof.ts'
import { judgeProof, type ProofExpectation } from './judge-proof.ts'

const statement = toSampleStatement()
const { tool, harness } = statement.predicate.phaseproof
const expected: ProofExpectation = { scenario: 'shop', upTo: 2, subjects: statement.subject, tool, harness }
const kindsOf = (...given: Parameters<typeof judgeProof>) => judgeProof(...given).map(({ kind }) => kind)
const [first, second] = toSampleProof().phases

/** The statement with fields of its predicate, or of what is ours in it, replaced. */
function change(
  predicate: Partial<ProofStatement['predicate']>,
  ours: Partial<ProofStatement['predicate']['phaseproof']> = {},
): ProofStatement {
  const { phaseproof } = statement.predicate
  return {
    ...statement,
    predicate: { ...statement.predicate, phaseproof: { ...phaseproof, ...ours }, ...predicate },
  }
}
const within = (changes: Partial<Proof>) => change({}, { proof: toSampleProof(changes) })
const ran = (changes: Partial<RunScope>) => change({}, { run: { ...wholeRun, ...changes } })
const failed = {
  ...first,
  outcome: 'failed',
  findings: [{ kind: 'missing-table' } as Finding],
} as Proof['phases'][number]
const open = { phase: 2, name: '02-refunds', title: '', outcome: 'not-run', blockedBy: 'x' } as const

it('accepts a whole proof of what is there', () => {
  expect(judgeProof(statement, expected)).toEqual([])
})

describe('a proof is refused', () => {
  it.each<[string, ProofStatement, RefusalKind[]]>([
    [
      'that is empty',
      toSampleStatement(toSampleProof({ phases: [] }), { records: [] }),
      ['empty', 'verdict-contradicted'],
    ],
    ['without a check', toSampleStatement(toSampleProof(), { records: [] }), ['empty']],
    [
      'about nothing',
      { ...statement, subject: [] },
      ['empty', ...statement.subject.map(() => 'subject-unknown' as const)],
    ],
    ['that is disproven', toSampleStatement(toSampleProof({ verdict: 'disproven' })), ['not-proven']],
    ['that is undecided', toSampleStatement(toSampleProof({ verdict: 'undecided' })), ['not-proven']],
    [
      'that is proven and holds a finding',
      within({ phases: [failed, second] as Proof['phases'] }),
      ['finding'],
    ],
    ['that is proven and names a test that failed', change({ failedTests: ['x'] }), ['finding']],
    [
      'that is proven and has a check that failed',
      toSampleStatement(toSampleProof(), {
        records: [toSampleRecord(1), toSampleRecord(2, { state: 'failed' })],
      }),
      ['finding'],
    ],
    [
      'whose verdict was rewritten, but not its result',
      change({ result: 'FAILED' }),
      ['not-proven', 'verdict-contradicted'],
    ],
    [
      'whose result was rewritten alone',
      {
        ...toSampleStatement(toSampleProof({ verdict: 'disproven' })),
        predicate: {
          ...toSampleStatement(toSampleProof({ verdict: 'disproven' })).predicate,
          result: 'PASSED',
        },
      },
      ['not-proven', 'verdict-contradicted'],
    ],
    [
      'whose proof within was rewritten alone',
      within({ verdict: 'undecided' }),
      ['not-proven', 'verdict-contradicted'],
    ],
    [
      'of which a phase did not run',
      within({ phases: [first, open] as Proof['phases'] }),
      ['verdict-contradicted'],
    ],
    [
      'of which a check did not run',
      toSampleStatement(toSampleProof(), {
        records: [toSampleRecord(1), toSampleRecord(2), toSampleRecord(2, { state: 'not-run', name: 'x' })],
      }),
      ['verdict-contradicted'],
    ],
    ['that lacks a phase', within({ phases: [second] as Proof['phases'] }), ['verdict-contradicted']],
    ['that names fewer passed tests than checks', change({ passedTests: [] }), ['verdict-contradicted']],
    ['within which another proof stands', within({ scenario: 'other' }), ['verdict-contradicted']],
    ['of something that could not be judged', within({ undecided: ['x'] }), ['verdict-contradicted']],
    ['of another scenario', toSampleStatement(toSampleProof({ scenario: 'other' })), ['other-scenario']],
    [
      'of another phase',
      toSampleStatement(toSampleProof({ upTo: 1, phases: [first] as Proof['phases'] })),
      ['other-phase'],
    ],
    ['with another version of the tool', change({}, { tool: { ...tool, version: '6.0.0' } }), ['other-tool']],
    [
      'under other rules of the tool',
      change({}, { tool: { ...tool, transactionRule: 'per-statement' } }),
      ['other-tool'],
    ],
    [
      'by another version of the harness',
      change({}, { harness: { ...harness, version: '0.0.9' } }),
      ['other-harness'],
    ],
    [
      'by other code of the harness',
      change({}, { harness: { ...harness, digest: 'c'.repeat(64) } }),
      ['other-harness'],
    ],
    ['of a filtered run', ran({ isFiltered: true }), ['filtered']],
    ['without contracts', ran({ isWithoutContracts: true }), ['without-contracts']],
    ['of multiplied rows', ran({ isScaled: true }), ['scaled']],
    ['with rehearsals left out', ran({ rehearsals: 'some' }), ['quick']],
    ['with trials told again', ran({ reused: { trials: 1, phases: [] } }), ['reused']],
    ['with states told again', ran({ reused: { trials: 0, phases: ['01-orders'] } }), ['reused']],
    [
      'whose phases tell of trials told again, whatever its run says',
      within({ phases: [{ ...first, trials: { reused: 1, of: 2 } }, second] as Proof['phases'] }),
      ['reused'],
    ],
  ])('%s', (_what, one, kinds) => {
    expect(kindsOf(one, expected)).toEqual(kinds)
  })

  it.each(statement.subject.map(({ name }) => name))('when %s was changed, or is gone, or is new', (name) => {
    const others = statement.subject.filter((subject) => subject.name !== name)
    const changed = [...others, { name, digest: { sha256: 'd'.repeat(64) } }]
    expect(judgeProof(statement, { ...expected, subjects: changed })).toEqual([
      expect.objectContaining({ kind: 'subject-changed', message: expect.stringContaining(name) }),
    ])
    expect(kindsOf(statement, { ...expected, subjects: others })).toEqual(['subject-missing'])
    expect(kindsOf({ ...statement, subject: others }, expected)).toEqual(['subject-unknown'])
  })
})

it('allows what was told again, and rehearsals that were left out, where a person says so', () => {
  const one = ran({ rehearsals: 'some', reused: { trials: 3, phases: ['01-orders'] } })
  expect(kindsOf(one, expected)).toEqual(['quick', 'reused'])
  expect(judgeProof(one, expected, { reused: true, quick: true })).toEqual([])
})

it('says for every refusal what to do', () => {
  const one = {
    ...change({ result: 'FAILED', failedTests: ['x'] }, { run: { ...wholeRun, isFiltered: true } }),
    subject: [],
  }
  for (const { message, remedy } of judgeProof(one, expected)) {
    expect(message).toMatch(/\.$/)
    expect(remedy).toMatch(/\.$/)
  }
})
