import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { redact } from '../../ground/redact.ts'
import type { PostgresChoice } from '../../model/ports.ts'
import { pingDocker } from '../../postgres/container/docker-ping.ts'
import { hasTestcontainers } from '../../postgres/container/has-testcontainers.ts'
import { type Check, ok } from './check.ts'
import { checkDisk, checkFolders, checkNode } from './check-machine.ts'
import { checkServer } from './check-server.ts'
import { checkTool } from './check-tool.ts'
import { readNeeds } from './read-needs.ts'

/** What is examined. */
export interface Patient {
  readonly root: string
  readonly postgres: PostgresChoice
  readonly env: NodeJS.ProcessEnv
}

/**
 * Examines whether phases can be proven here: machine, server, tool, and what snapshots and migrations need of the server. Starts the
 * server once; writes nothing into the repository but its cache folder.
 */
export async function examine({ root, postgres, env }: Patient): Promise<readonly Check[]> {
  const tool = await checkTool(root)
  const folders = checkFolders(root)
  const before = [checkNode(process.versions.node), ...folders, await checkDisk(root), await checkDocker(env)]
  if (folders.some(({ state }) => state === 'failed')) return [...before, ...tool.checks]
  const needs = await readNeeds(await readSqlTexts(root, tool.migrations))
  const server = await checkServer(postgres, join(root, '.phaseproof'), needs)
  return [...before, ...server, ...tool.checks]
}

async function checkDocker(env: NodeJS.ProcessEnv): Promise<Check> {
  const answers = await pingDocker(env, 1_000)
  if (!answers) {
    const named = env.DOCKER_HOST ? ` at DOCKER_HOST ${redact(env.DOCKER_HOST)} or at the usual sockets` : ''
    return ok('Docker', `no engine answers${named}; the embedded Postgres is taken`)
  }
  if (hasTestcontainers()) return ok('Docker', 'an engine answers')
  return {
    subject: 'Docker',
    state: 'warning',
    found: 'an engine answers, but testcontainers is not installed; the embedded Postgres is taken',
    remedy: 'For other images or extensions add testcontainers and @testcontainers/postgresql.',
  }
}

/** The schemas of all snapshots, and the migrations. */
async function readSqlTexts(root: string, migrations: string | null): Promise<readonly string[]> {
  const snapshots = listFolders(join(root, 'snapshots')).map((folder) =>
    join(folder, 'schema', 'pre-data.sql'),
  )
  const steps = migrations === null ? [] : listFolders(join(root, migrations))
  const files = [...snapshots, ...steps.map((folder) => join(folder, 'migration.sql'))]
  return Promise.all(files.filter((file) => existsSync(file)).map((file) => readFile(file, 'utf8')))
}

function listFolders(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
}
