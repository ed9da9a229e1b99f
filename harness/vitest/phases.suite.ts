import { describe, inject, it } from 'vitest'
import { expectationsOf } from '../judge/expectations-of.ts'
import { isJudgeable, judge } from '../judge/judge.ts'
import { toTitle } from '../judge/title.ts'
import { ExpectationNotMet } from './expectation-not-met.ts'
import { evidenceOf, readRun } from './read-run.ts'
import { scenarioOf } from './scenario-of.ts'
import './test-note.ts'

// Every scenario runs through this one file, so that its phases and expectations are tests like any other.
const run = readRun()
const assignment = inject('phaseproof')
const scenario = await scenarioOf(assignment)

describe.for(scenario.phases.slice(0, run.upTo))('phase $id $title', (phase) => {
  const evidence = evidenceOf(run, phase.id)
  for (const expectation of expectationsOf(phase, scenario)) {
    const subject = { kind: 'expectation' as const, phase: phase.id }
    it(toTitle(expectation), { meta: { phaseproof: { subject } } }, ({ task, skip }) => {
      if (typeof evidence === 'string') return skip(evidence)
      if (!isJudgeable(expectation, evidence))
        return skip(`did not run: the migrations of phase ${phase.id} failed`)
      const findings = judge(expectation, evidence)
      task.meta.phaseproof = { subject, findings }
      if (findings.length > 0) throw new ExpectationNotMet(findings)
    })
  }
})

if (assignment.options.contracts && scenario.contract?.sweep) {
  // Loaded here: what calls an API is half of the code, and most scenarios of a database have no use for it.
  const { describeEndpoints } = await import('./endpoints.suite.ts')
  await describeEndpoints(scenario, run)
}

if (assignment.options.contracts && scenario.server && run.phases.length > 0) {
  const { describeLive } = await import('./live.suite.ts')
  await describeLive(scenario, run)
}
