import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { leftOutPatterns, readRunOptions } from './harness/vitest/run-options.ts'

const options = readRunOptions()
const slow = { testTimeout: 120_000, hookTimeout: 120_000 }
// Nothing here is judged by its duration, and a machine may be busy with other things.
const quick = { testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    // A worker waits for Postgres half of its time, so two keep two processors busy.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: ['default', './harness/vitest/proof-reporter.ts'],
    // What a verdict rests on is data as much as code: an edit of any of it runs the phases again.
    forceRerunTriggers: [
      ...configDefaults.forceRerunTriggers,
      '**/migrations/**/*.{sql,prisma}',
      '**/snapshots/*/manifest.json',
      '**/scenarios/**/*.{ts,sql,yaml}',
    ],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{harness,scenarios}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, '**/*.db.test.ts', '**/*.contract.test.ts'],
          ...quick,
        },
      },
      {
        test: {
          name: 'database',
          include: ['{harness,scenarios}/**/*.db.test.ts'],
          globalSetup: ['./harness/vitest/database-setup.ts'],
          ...slow,
        },
      },
      {
        test: {
          name: 'scenario',
          // Read by the server under test: hashing at full cost would take longer than everything else together.
          env: { PASSWORD_HASH_COST: '4' },
          include: ['harness/vitest/phases.suite.ts', `scenarios/${options.scenario}/**/*.contract.test.ts`],
          exclude: [...configDefaults.exclude, ...leftOutPatterns(options, import.meta.dirname)],
          globalSetup: ['./harness/vitest/scenario-setup.ts'],
          setupFiles: ['./harness/vitest/close-clones.setup.ts'],
          // Each contract has a clone and a server of its own; loading the code anew for each file would take longer than they do.
          isolate: false,
          ...slow,
        },
      },
    ],
  },
})
