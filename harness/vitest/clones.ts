import { type TestAPI, test } from 'vitest'
import { type ClonePool, openClonePool } from '../contract/clone-pool.ts'
import type { Checkpoints } from '../stories/checkpoints.ts'

/** Clones that are made while a test runs; more would only compete with it for the processor. */
const clonesAhead = 3

/** By the file that Vitest collects: databases its tests will want copies of. They go with the file. */
const foreseen = new WeakMap<object, string[]>()

/** Vitest's `test`, handing in clones of the checkpoints for its file, which are dropped after the file's last test. */
export function testWithClones(checkpoints: Checkpoints): TestAPI<{ pool: ClonePool }> {
  return test.extend<{ pool: ClonePool }>({
    pool: [
      // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of other fixtures from this pattern.
      async ({}, use) => {
        const pool = openClonePool((template) => checkpoints.makeClone(template), clonesAhead)
        await use(pool)
        await pool.close()
      },
      { scope: 'file' },
    ],
  })
}

/** Notes, while a file is collected, what its tests will want. */
export function foreseeClones(file: object, databases: readonly string[]): void {
  foreseen.set(file, [...(foreseen.get(file) ?? []), ...databases])
}

/** Tells a pool what its file foresaw, when the first of its tests runs. */
export function planClones(file: object, pool: ClonePool): void {
  pool.plan(foreseen.get(file) ?? [])
  foreseen.delete(file)
}
