import type { Reporter, TestCase, TestModule } from 'vitest/node'
import type { Progress } from '../model/ports.ts'
import { sayReused } from '../stories/tell-run.ts'
import './test-note.ts'

/** How often a count is written where nothing can be drawn over, in ms. */
const everyMs = 5_000

/**
 * Counts trials of contracts while they go on: live on a terminal, a line every few seconds elsewhere.
 * @param nowMs a clock
 */
export function contractProgress(
  progress: Progress,
  isLive: boolean,
  nowMs = () => performance.now(),
): Reporter {
  const phases = new Map<number, { done: number; total: number }>()
  let saidMs = nowMs()
  const trials = { reused: 0, all: 0 }
  const phaseOf = (test: TestCase) => {
    const subject = test.meta().phaseproof?.subject
    return subject?.kind === 'contract' ? subject.trial.phase : null
  }
  const countOf = (phase: number) => {
    const count = phases.get(phase) ?? { done: 0, total: 0 }
    phases.set(phase, count)
    return count
  }
  const tell = (phase: number) => {
    const counts = [...phases.values()]
    const [done, total] = [sum(counts.map((one) => one.done)), sum(counts.map((one) => one.total))]
    const own = countOf(phase)
    if (isLive)
      return progress.count(`phase ${phase}: contracts ${own.done}/${own.total}, of all`, done, total)
    if (nowMs() - saidMs < everyMs) return
    saidMs = nowMs()
    progress.step(`phase ${phase}: contracts ${own.done}/${own.total}; ${done} of ${total} in all phases`)
  }
  return {
    onTestModuleCollected(module: TestModule) {
      for (const test of module.children.allTests()) {
        const phase = phaseOf(test)
        if (phase !== null) countOf(phase).total += 1
      }
    },
    onTestCaseResult(test: TestCase) {
      const note = test.meta().phaseproof
      if (note !== undefined && note.subject.kind !== 'expectation') trials.all += 1
      if (note?.reused) trials.reused += 1
      const phase = phaseOf(test)
      if (phase === null) return
      countOf(phase).done += 1
      tell(phase)
    },
    onTestRunEnd() {
      sayReused(progress, trials)
    },
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
