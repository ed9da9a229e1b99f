import type { PhaseResult, Proof } from '../model/proof.ts'
import { toWords } from './describe-finding.ts'
import { describeDeploy } from './render-history.ts'
import { findingsOf } from './report/report-findings.ts'
import { count } from './tell-changes.ts'

/** The reason for a verdict in a sentence. Pure. */
export function tellWhy(proof: Proof): string {
  const findings = findingsOf(proof)
  const [first] = findings
  if (proof.deploy) return `${describeDeploy(proof.deploy)}. ${count(findings.length, 'finding')} in all.`
  const notRun = proof.phases.filter(({ outcome }) => outcome === 'not-run').length
  if (first !== undefined) {
    const more = findings.length - 1
    return `Phase ${first.phase}: ${toWords(first).says}${more > 0 ? `; and ${count(more, 'more finding')}` : ''}.${notRun > 0 ? ` ${count(notRun, 'phase')} could not be judged because of it.` : ''}`
  }
  const [reason] = proof.undecided ?? []
  if (proof.verdict === 'undecided')
    return `Nothing wrong was found, but not everything was judged${reason ? `: ${reason}` : ''}.`
  const sum = (of: (result: Extract<PhaseResult, { outcome: 'passed' }>) => number) =>
    proof.phases.reduce((total, result) => total + (result.outcome === 'passed' ? of(result) : 0), 0)
  const who =
    proof.phases.length === 1
      ? 'The phase does what it says'
      : `All ${proof.phases.length} phases do what they say`
  return `${who}: ${count(
    sum((one) => one.expectations),
    'expectation',
  )} and ${count(
    sum((one) => one.contracts),
    'contract',
  )} hold, and nothing else was seen to change.`
}
