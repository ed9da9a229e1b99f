import { basename, dirname, join } from 'node:path'
import pg from 'pg'
import supertest from 'supertest'
import { test as base, inject } from 'vitest'
import { withServer } from '../contract/with-server.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import { openDatabases } from '../postgres/databases.ts'
import { type Checkpoints, openCheckpoints } from '../stories/checkpoints.ts'
import { readScenario } from '../stories/read-scenario.ts'
import { evidenceOf, readRun } from './read-run.ts'
import { readRunOptions } from './run-options.ts'
import './matchers.ts'
import './provided.ts'

export { describe, expect } from 'vitest'

/** What a contract test is handed. Each test has a clone of its phase's checkpoint to itself, gone afterwards. */
export interface ContractFixtures {
  /** The phase in whose folder the test file lies. */
  readonly phase: Phase
  /** Connection string of the test's clone. */
  readonly databaseUrl: string
  /** A client connected to the clone. */
  readonly db: pg.Client
  /** Requests to the scenario's server, running on the clone. */
  readonly api: ReturnType<typeof supertest>
}

interface FileFixtures {
  readonly scenario: Scenario
  readonly checkpoints: Checkpoints
}

/** Vitest's `test` with a clone of the checkpoint (`db`, `databaseUrl`), its `phase`, and the server on it (`api`). */
export const test = base.extend<ContractFixtures & FileFixtures>({
  scenario: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixtures a fixture needs from this pattern.
    async ({}, use) => use(await readScenario(readRunOptions().scenario, process.cwd())),
    { scope: 'file' },
  ],
  checkpoints: [
    async ({ scenario }, use) => {
      const server = await openDatabases(inject('postgresAddress'))
      await use(openCheckpoints(server, scenario.name, join(process.cwd(), '.phaseproof')))
      await server.close()
    },
    { scope: 'file' },
  ],
  phase: async ({ task, scenario }, use) => use(phaseOf(task.file.filepath, scenario)),
  databaseUrl: async ({ phase, checkpoints, skip }, use) => {
    const evidence = evidenceOf(readRun(), phase.id)
    if (typeof evidence === 'string') return skip(evidence)
    if (evidence.replay.failure) return skip(`did not run: the migrations of phase ${phase.id} failed`)
    await checkpoints.withScratch(evidence.after.database, (url) => use(url))
  },
  db: async ({ databaseUrl }, use) => {
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    try {
      await use(client)
    } finally {
      await client.end()
    }
  },
  api: async ({ databaseUrl, scenario }, use) => {
    if (!scenario.server) throw new Error(`scenario ${scenario.name} names no server`)
    const module = join(process.cwd(), 'scenarios', scenario.name, scenario.server.module)
    await withServer(module, databaseUrl, (url) => use(supertest(url)))
  },
})

/** The phase whose folder holds the file; a contract outside every phase would belong to no verdict. */
export function phaseOf(file: string, scenario: Scenario): Phase {
  const folder = basename(dirname(file))
  const phase = scenario.phases.find(({ name }) => name === folder)
  if (phase) return phase
  throw new Error(
    `${file} lies in no phase of ${scenario.name}: its folder must be one of ${scenario.phases.map(({ name }) => name).join(', ')}`,
  )
}
