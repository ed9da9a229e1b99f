import { expectationsOf } from '../judge/expectations-of.ts'
import { isJudgeable, judge } from '../judge/judge.ts'
import { toTitle } from '../judge/title.ts'
import type { Proof } from '../model/proof.ts'
import type { Scenario } from '../model/scenario.ts'
import type { TestRecord } from '../model/test-record.ts'
import type { ProvePlace } from './keep-databases.ts'
import { type ProveRequest, prove, type RunTests } from './prove.ts'

/**
 * Proves the phases by their expectations alone, in this process and without a test runner. Where the scenario names a server,
 * that leaves its contracts out, and so proves nothing.
 * @throws everything `prove` throws
 */
export async function proveInProcess(
  request: Omit<ProveRequest, 'contracts'>,
  place: ProvePlace,
): Promise<Proof> {
  const { proof } = await prove({ ...request, contracts: false }, place, judgeInProcess(request.scenario))
  return proof
}

/** Judges the expectations of every phase by themselves: each is a pure question to the evidence, so no test runner is needed. */
export function judgeInProcess(scenario: Scenario): RunTests {
  return (run) => {
    const records = scenario.phases.slice(0, run.upTo).flatMap((phase) => {
      const evidence = run.phases.find((entry) => entry.phase === phase.id)
      return expectationsOf(phase, scenario).map((expectation): TestRecord => {
        const findings = evidence && isJudgeable(expectation, evidence) ? judge(expectation, evidence) : null
        return {
          file: '',
          name: toTitle(expectation),
          state: findings === null ? 'not-run' : findings.length > 0 ? 'failed' : 'passed',
          subject: { kind: 'expectation', phase: phase.id },
          findings,
          errors: [],
          retries: 0,
          durationMs: 0,
          reused: false,
          attempts: [],
          exercised: [],
        }
      })
    })
    return Promise.resolve({ records, disturbances: [] })
  }
}
