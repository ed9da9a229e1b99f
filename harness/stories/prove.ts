import { expectationsOf } from '../judge/expectations-of.ts'
import { isJudgeable, judge } from '../judge/judge.ts'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Proof } from '../model/proof.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import { assembleProof, type PhaseOutcome } from '../proof/assemble-proof.ts'
import { type ReplayPlace, type ReplayRequest, replayScenario } from './replay-scenario.ts'

/**
 * Replays the phases and judges each by its expectations, in this process and without contracts: what the tests of a scenario
 * do one by one, as one call.
 * @throws everything `replayScenario` throws
 */
export async function prove(request: ReplayRequest, place: ReplayPlace): Promise<Proof> {
  const run = await replayScenario(request, place)
  const outcomes = new Map<number, PhaseOutcome>()
  for (const phase of request.scenario.phases) {
    const evidence = run.phases.find((entry) => entry.phase === phase.id)
    if (evidence) outcomes.set(phase.id, judgePhase(phase, request.scenario, evidence))
  }
  const limits = ['No API contracts were run.']
  return assembleProof(run, request.scenario.phases, outcomes, { takenAt: new Date().toISOString(), limits })
}

function judgePhase(phase: Phase, scenario: Scenario, evidence: PhaseEvidence): PhaseOutcome {
  const expectations = expectationsOf(phase, scenario)
  const judgeable = expectations.filter((expectation) => isJudgeable(expectation, evidence))
  return {
    expectations: judgeable.length,
    contracts: 0,
    findings: judgeable.flatMap((expectation) => judge(expectation, evidence)),
    notRun: judgeable.length === expectations.length ? null : 'its migrations failed',
  }
}
