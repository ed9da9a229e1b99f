import type { TestSequencerConstructor, TestSpecification } from 'vitest/node'
import { BaseSequencer } from 'vitest/node'

/**
 * Orders test files so that a person waits least: the contracts of the phase that was edited, then the calls of all endpoints, which take
 * as long as many contracts and would leave the other workers idle at the end, then the rest as Vitest orders it. No verdict depends on it.
 * @param edited folder of the phase; null: none
 */
export function inTimeOrder(edited: string | null): TestSequencerConstructor {
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      const sorted = await super.sort(files)
      return sorted.sort((left, right) => rankOf(left.moduleId, edited) - rankOf(right.moduleId, edited))
    }
  }
}

/** Lower runs earlier; equal keep their order. */
export function rankOf(moduleId: string, edited: string | null): number {
  if (edited !== null && moduleId.includes(`/phases/${edited}/`)) return 0
  return moduleId.endsWith('/phases.suite.ts') || moduleId.endsWith('/phases.suite.js') ? 1 : 2
}
