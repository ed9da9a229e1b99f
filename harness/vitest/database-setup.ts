import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { silentProgress } from '../model/ports.ts'
import { parsePostgresChoice } from '../postgres/parse-choice.ts'
import { sharePostgres } from './share-postgres.ts'
import './provided.ts'

/** Global set-up of the database tests: provides the URL of a running server, which goes with the tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, release } = await sharePostgres(
    project,
    parsePostgresChoice(process.env.PHASEPROOF_POSTGRES ?? 'auto'),
    { cacheFolder: join(project.vitest.config.root, '.phaseproof'), progress: silentProgress },
  )
  project.provide('postgresUrl', server.address.url)
  project.provide('postgresAddress', server.address)
  return release
}
