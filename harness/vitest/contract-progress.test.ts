import { describe, expect, it } from 'vitest'
import type { TestCase, TestModule } from 'vitest/node'
import type { Progress } from '../model/ports.ts'
import { contractProgress } from './contract-progress.ts'
import type { TestNote } from './test-note.ts'

/** As much of a test as a count looks at. */
function trial(phase: number, reused = false): TestCase {
  const subject = {
    kind: 'contract',
    trial: { kind: 'test', phase, checkpoint: phase, role: 'own' },
    isNotServed: false,
  } as const
  const note: TestNote = { subject, reused }
  return { meta: () => ({ phaseproof: note }) } as TestCase
}

function run(tests: readonly TestCase[], isLive: boolean, msPerTest: number) {
  const said: string[] = []
  const progress: Progress = {
    step: (text) => said.push(text),
    count: (text, done, total) => said.push(`${text} ${done} of ${total}`),
  }
  let nowMs = 0
  const reporter = contractProgress(progress, isLive, () => nowMs)
  const module = { children: { allTests: () => tests } } as unknown as TestModule
  reporter.onTestModuleCollected?.(module)
  for (const test of tests) {
    nowMs += msPerTest
    reporter.onTestCaseResult?.(test)
  }
  reporter.onTestRunEnd?.([], [], 'passed')
  return said
}

describe('the count of contracts', () => {
  const tests = [...Array.from({ length: 6 }, () => trial(4)), ...Array.from({ length: 4 }, () => trial(3))]

  it('is a line every few seconds where nothing can be drawn over', () => {
    expect(run(tests, false, 2_000)).toEqual([
      'phase 4: contracts 3/6; 3 of 10 in all phases',
      'phase 4: contracts 6/6; 6 of 10 in all phases',
      'phase 3: contracts 3/4; 9 of 10 in all phases',
    ])
  })

  it('is nothing where all is over before', () => {
    expect(run(tests, false, 100)).toEqual([])
  })

  it('moves with each test on a terminal', () => {
    expect(run([trial(4), trial(4)], true, 100)).toEqual([
      'phase 4: contracts 1/2, of all 1 of 2',
      'phase 4: contracts 2/2, of all 2 of 2',
    ])
  })

  it('tells at the end what was reused', () => {
    expect(run([trial(4, true), trial(4)], false, 1).at(-1)).toMatch(/^contracts: 1 of 2 trials reused/)
    expect(run([trial(4, true)], false, 1).at(-1)).toMatch(/^contracts: 1 of 1 trials reused/)
  })
})
