import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { silentProgress } from '../model/ports.ts'
import { readRunOptions } from './run-options.ts'
import { acquirePostgres } from './shared-postgres.ts'
import './provided.ts'

/** Global set-up of the database tests: provides the URL of a running server, which goes with the tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cacheFolder = join(project.vitest.config.root, '.phaseproof')
  const server = await acquirePostgres(readRunOptions().postgres, { cacheFolder, progress: silentProgress })
  project.provide('postgresUrl', server.address.url)
  project.provide('postgresAddress', server.address)
  return () => server.stop()
}
