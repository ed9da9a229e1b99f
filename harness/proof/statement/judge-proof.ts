import type { ProofStatement, Refusal, StatementSubject } from '../../model/statement.ts'
import type { ToolRules } from '../../model/tool.ts'

/** What a proof has to be about in order to count, read anew from the repository. */
export interface ProofExpectation {
  readonly scenario: string
  /** Number of the phase that is to be applied. */
  readonly upTo: number
  /** Subjects as they are now. */
  readonly subjects: readonly StatementSubject[]
  readonly tool: ToolRules
  readonly harness: { readonly version: string; readonly digest: string }
}

/** What a person allows a proof to lack. */
export interface ProofAllowances {
  /** Trials and states of earlier runs, told again. */
  readonly reused?: boolean
  /** Rehearsals that were left out. */
  readonly quick?: boolean
}

/** Every reason why a statement proves nothing for the phase that is expected; none: it counts. */
export function judgeProof(
  statement: ProofStatement,
  expected: ProofExpectation,
  allowances: ProofAllowances = {},
): readonly Refusal[] {
  return [
    ...judgeVerdict(statement),
    ...judgeIdentity(statement, expected),
    ...judgeScope(statement, allowances),
    ...judgeSubjects(statement.subject, expected.subjects),
  ]
}

const again = 'Prove the phase again and sign the new proof.'

function judgeVerdict({ subject, predicate }: ProofStatement): readonly Refusal[] {
  const { result, failedTests, passedTests, phaseproof } = predicate
  const { verdict, checks, proof } = phaseproof
  const refusals: Refusal[] = []
  const failed = proof.phases.flatMap((phase) => (phase.outcome === 'failed' ? [phase] : []))
  const found = failed.reduce((sum, { findings }) => sum + findings.length, 0)
  const wrong = checks.filter(({ state, findings }) => state === 'failed' || findings > 0)
  const open = proof.phases.filter(({ outcome }) => outcome === 'not-run')
  const unasked = checks.filter(({ state }) => state === 'not-run')
  if (checks.length === 0 || proof.phases.length === 0 || subject.length === 0)
    refusals.push({
      kind: 'empty',
      message: `The proof shows nothing: ${proof.phases.length} phases, ${checks.length} checks, ${subject.length} subjects.`,
      remedy: again,
    })
  const isProven = [result === 'PASSED', verdict === 'proven', proof.verdict === 'proven']
  if (isProven.includes(false))
    refusals.push({
      kind: 'not-proven',
      message: `The verdict is ${proof.verdict}: result ${result}, stated as ${verdict}.`,
      remedy: 'Mend what the findings name, then prove again.',
    })
  if (failed.length > 0 || wrong.length > 0 || failedTests.length > 0)
    refusals.push({
      kind: 'finding',
      message: `The proof calls itself ${verdict} and holds ${count(found, 'finding')} in ${count(failed.length, 'phase')}, ${count(wrong.length, 'check')} that failed, ${count(failedTests.length, 'failed test')}.`,
      remedy: 'Mend what they name, then prove again.',
    })
  const passed = checks.filter(({ state }) => state === 'passed').length
  const contradictions = [
    ...(new Set(isProven).size > 1 || verdict !== proof.verdict
      ? [`its fields say ${result}, ${verdict} and ${proof.verdict}`]
      : []),
    ...open.map(({ phase, name }) => `phase ${phase} (${name}) did not run`),
    ...(unasked.length > 0 && verdict === 'proven' ? [`${count(unasked.length, 'check')} did not run`] : []),
    ...((proof.undecided ?? []).length > 0 ? ['something could not be judged'] : []),
    ...(passed === passedTests.length
      ? []
      : [`${passed} checks passed, and ${passedTests.length} passed tests are named`]),
    ...listGaps(phaseproof),
  ]
  if (contradictions.length > 0)
    refusals.push({
      kind: 'verdict-contradicted',
      message: `The verdict ${verdict} does not follow from what the proof holds: ${contradictions.join('; ')}.`,
      remedy: again,
    })
  return refusals
}

/** Phases that a proof of 1 to `upTo` lacks, or that come from elsewhere. */
function listGaps({ upTo, scenario, proof }: ProofStatement['predicate']['phaseproof']): readonly string[] {
  const ids = proof.phases.map(({ phase }) => phase)
  const isWhole = ids.length === upTo && ids.every((id, index) => id === index + 1)
  return [
    ...(isWhole ? [] : [`it has the phases ${ids.join(', ') || 'none'} of 1 to ${upTo}`]),
    ...(proof.upTo === upTo && proof.scenario === scenario
      ? []
      : [`within it stands a proof of ${proof.scenario}, phases 1 to ${proof.upTo}`]),
  ]
}

function judgeIdentity({ predicate }: ProofStatement, expected: ProofExpectation): readonly Refusal[] {
  const { scenario, upTo, tool, harness } = predicate.phaseproof
  const refusals: Refusal[] = []
  if (scenario !== expected.scenario)
    refusals.push({
      kind: 'other-scenario',
      message: `The proof is of scenario ${scenario}; expected ${expected.scenario}.`,
      remedy: `Take the proof of ${expected.scenario}.`,
    })
  if (upTo !== expected.upTo)
    refusals.push({
      kind: 'other-phase',
      message: `The proof is of phases 1 to ${upTo}; expected 1 to ${expected.upTo}.`,
      remedy: `Take the proof of phase ${expected.upTo}.`,
    })
  if (describeTool(tool) !== describeTool(expected.tool))
    refusals.push({
      kind: 'other-tool',
      message: `Proven with ${describeTool(tool)}; the repository has ${describeTool(expected.tool)}.`,
      remedy: again,
    })
  if (harness.version !== expected.harness.version || harness.digest !== expected.harness.digest)
    refusals.push({
      kind: 'other-harness',
      message: `Proven by phaseproof ${describeHarness(harness)}; this is ${describeHarness(expected.harness)}.`,
      remedy: 'Prove again with this version, or install the one that proved.',
    })
  return refusals
}

function describeTool({ name, version, order, transactionRule, namespace = 'public' }: ToolRules): string {
  return `${name} ${version} (order ${order}, ${transactionRule}, namespace ${namespace})`
}

function describeHarness({ version, digest }: ProofExpectation['harness']): string {
  return `${version} (code ${digest.slice(0, 12)})`
}

function judgeScope({ predicate }: ProofStatement, allowances: ProofAllowances): readonly Refusal[] {
  const { run, proof } = predicate.phaseproof
  const refusals: Refusal[] = []
  if (run.isFiltered)
    refusals.push({
      kind: 'filtered',
      message: 'Only tests whose names match a pattern were run.',
      remedy: 'Prove without -t.',
    })
  if (run.isWithoutContracts)
    refusals.push({
      kind: 'without-contracts',
      message: 'The API contracts were left out.',
      remedy: 'Prove without --no-contracts.',
    })
  if (run.isScaled || proof.about.scaled !== null)
    refusals.push({
      kind: 'scaled',
      message: "Rows of the snapshot were multiplied: the rows are not production's.",
      remedy: 'Prove without --scale.',
    })
  if (run.rehearsals === 'some' && !allowances.quick)
    refusals.push({
      kind: 'quick',
      message: 'Rehearsals were left out.',
      remedy: 'Prove without --quick, or allow it with --allow-quick.',
    })
  const told = proof.phases.reduce(
    (sum, phase) => sum + ('trials' in phase ? (phase.trials?.reused ?? 0) : 0),
    0,
  )
  const trials = Math.max(
    told,
    run.reused.trials,
    predicate.phaseproof.checks.filter(({ reused }) => reused).length,
  )
  if ((trials > 0 || run.reused.phases.length > 0) && !allowances.reused)
    refusals.push({
      kind: 'reused',
      message: `Told again from earlier runs: ${count(trials, 'trial')}, states of ${count(run.reused.phases.length, 'phase')}.`,
      remedy: 'Prove with --fresh, or allow it with --allow-reused.',
    })
  return refusals
}

function judgeSubjects(
  stated: readonly StatementSubject[],
  current: readonly StatementSubject[],
): readonly Refusal[] {
  const now = new Map(current.map(({ name, digest }) => [name, digest.sha256]))
  const names = new Set(stated.map(({ name }) => name))
  const changed = stated.flatMap(({ name, digest }): Refusal[] => {
    const sha256 = now.get(name)
    if (sha256 === digest.sha256) return []
    const proven = `proven with SHA-256 ${digest.sha256.slice(0, 12)}`
    return sha256 === undefined
      ? [
          {
            kind: 'subject-missing',
            message: `${name} is no longer there: ${proven}.`,
            remedy: `Bring it back, or prove again.`,
          },
        ]
      : [
          {
            kind: 'subject-changed',
            message: `${name} is not what was proven: ${proven}, now ${sha256.slice(0, 12)}.`,
            remedy: 'Undo the change, or prove again and sign.',
          },
        ]
  })
  const unknown = current
    .filter(({ name }) => !names.has(name))
    .map(
      ({ name }): Refusal => ({
        kind: 'subject-unknown',
        message: `${name} is not part of the proof.`,
        remedy: again,
      }),
    )
  return [...changed, ...unknown]
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}
