import { describe, it } from 'vitest'
import { expectationsOf } from '../judge/expectations-of.ts'
import { isJudgeable, judge } from '../judge/judge.ts'
import { toTitle } from '../judge/title.ts'
import type { Finding } from '../model/finding.ts'
import { readScenario } from '../stories/read-scenario.ts'
import { describeEndpoints } from './endpoints.suite.ts'
import { ExpectationNotMet } from './expectation-not-met.ts'
import { evidenceOf, readRun } from './read-run.ts'
import { readRunOptions, toScenarioOf } from './run-options.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** Phase the test speaks about; the reporter sorts by it. */
    phase?: number
    /** Set once the expectation was held against the evidence, empty when it was met. */
    findings?: readonly Finding[]
  }
}

// Every scenario runs through this one file, so that its phases and expectations are tests like any other.
const run = readRun()
const options = readRunOptions()
const scenario = toScenarioOf(options, await readScenario(options.scenario, process.cwd()))

describe.for(scenario.phases.slice(0, run.upTo))('phase $id $title', (phase) => {
  const evidence = evidenceOf(run, phase.id)
  for (const expectation of expectationsOf(phase, scenario)) {
    it(toTitle(expectation), { meta: { phase: phase.id } }, ({ task, skip }) => {
      if (typeof evidence === 'string') return skip(evidence)
      if (!isJudgeable(expectation, evidence))
        return skip(`did not run: the migrations of phase ${phase.id} failed`)
      const findings = judge(expectation, evidence)
      task.meta.findings = findings
      if (findings.length > 0) throw new ExpectationNotMet(findings)
    })
  }
})

if (options.contracts) await describeEndpoints(scenario, run)
