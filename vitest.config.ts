import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { temporaryPlace } from './harness/testing/temporary-place.ts'
import { phaseproofProject } from './harness/vitest/phaseproof-project.ts'

const slow = { testTimeout: 120_000, hookTimeout: 120_000 }
// Nothing here is judged by its duration, and a machine may be busy with other things.
const env = temporaryPlace(process.env)
const quick = { testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    // A worker waits for Postgres half of its time, so two keep two processors busy.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{harness,scenarios,mutate}/**/*.test.ts'],
          exclude: [
            ...configDefaults.exclude,
            '**/*.db.test.ts',
            '**/*.browser.test.ts',
            '**/*.contract.test.ts',
          ],
          env,
          ...quick,
        },
      },
      {
        test: {
          name: 'database',
          include: ['{harness,scenarios,mutate}/**/*.db.test.ts'],
          globalSetup: ['./harness/vitest/database-setup.ts'],
          env,
          ...slow,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['harness/**/*.browser.test.ts'],
          env,
          ...slow,
        },
      },
      phaseproofProject({
        scenario: 'tcc-catch-up',
        // Read by the server under test: hashing at full cost would take longer than everything else together.
        env: { PASSWORD_HASH_COST: '4' },
      }),
    ],
  },
})
