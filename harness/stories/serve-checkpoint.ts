import { join } from 'node:path'
import { readApiDocument } from '../contract/api-document.ts'
import { logInUsers } from '../contract/log-in-users.ts'
import { renderApiPage } from '../contract/render-api-page.ts'
import { renderSeedSql } from '../contract/seed-sql.ts'
import { withPages } from '../contract/serve-with-page.ts'
import { withServer } from '../contract/with-server.ts'
import type { ImportModule } from '../ground/import-module.ts'
import { withDatabase } from '../inspect/with-database.ts'
import type { SweepPlan } from '../model/contract.ts'
import { HarnessError } from '../model/error.ts'
import type { Cluster } from '../model/ports.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { ServerSpec } from '../model/scenario.ts'
import { openCheckpoints } from './checkpoints.ts'
import { readSweepPlan } from './read-sweep-plan.ts'
import { type ReplayPlace, type ReplayRequest, replayScenario } from './replay-scenario.ts'

/** A server that a person can look around on. */
export interface ServedCheckpoint {
  readonly url: string
  /** Page of the API, null without a document. */
  readonly page: string | null
  /** A login of each kind of user that can log in after this phase, as path and body. */
  readonly logins: readonly { readonly kind: string; readonly path: string; readonly body: object }[]
}

/**
 * Serves the scenario's server on a clone of the state after a phase, with one row in every table, until `use` ends.
 * @throws everything `replayScenario` throws; usage when the scenario has no server or its migrations fail;
 * server-unavailable
 */
export async function serveCheckpoint(
  request: ReplayRequest,
  place: ReplayPlace & { readonly load?: ImportModule },
  port: number,
  use: (served: ServedCheckpoint) => Promise<void>,
): Promise<void> {
  const { scenario } = request
  const spec = scenario.server
  if (!spec) throw refuse(`Scenario ${scenario.name} names no server.`, 'Name one in scenario.ts.')
  const held: Cluster[] = []
  try {
    const run = await replayScenario(
      { ...request, experiments: [] },
      {
        ...place,
        takeCluster: (cluster) => held.push(cluster),
      },
    )
    await serveRun(run, spec, request, place, port, use)
  } finally {
    for (const cluster of held) await cluster.release()
  }
}

async function serveRun(
  run: ScenarioRun,
  spec: ServerSpec,
  { scenario, upTo }: ReplayRequest,
  place: ReplayPlace & { readonly load?: ImportModule },
  port: number,
  use: (served: ServedCheckpoint) => Promise<void>,
): Promise<void> {
  const evidence = run.phases.find(({ phase }) => phase === upTo)
  if (!evidence || evidence.replay.failure) {
    throw refuse(
      `Phase ${upTo} of ${scenario.name} has no checkpoint: its migrations failed.`,
      'Prove it first.',
    )
  }
  const folder = join(place.projectRoot, 'scenarios', scenario.name)
  const sweep = scenario.contract?.sweep
  const plan = sweep === undefined ? null : await readSweepPlan(folder, sweep, place.load)
  const document = scenario.contract && readApiDocument(join(folder, scenario.contract.document))
  const pages = document
    ? {
        '/openapi': ['text/html; charset=utf-8', renderApiPage(document, upTo)] as const,
        '/openapi.json': ['application/json', JSON.stringify(document.json)] as const,
      }
    : {}
  const checkpoints = openCheckpoints(place.server, scenario.name, place.cacheFolder, run.roles)
  await checkpoints.withScratch(evidence.after.database, async (url, database) => {
    if (plan) {
      const sql = renderSeedSql(evidence.after.schema, plan.rows)
      await withDatabase(url, (client) => client.query(sql))
    }
    const databaseUrl = place.server.connectionString(database, run.roles.app ?? undefined)
    await withServer(
      spec,
      { folder, databaseUrl, ...(place.load && { load: place.load }) },
      async (target) => {
        const logins = plan ? await findLogins(target, plan) : []
        await withPages(target, pages, port, (url) =>
          use({ url, page: document ? `${url}/openapi` : null, logins }),
        )
      },
    )
  })
}

async function findLogins(url: string, plan: SweepPlan): Promise<ServedCheckpoint['logins']> {
  const users = await logInUsers(url, plan)
  const able = new Set(users.flatMap(({ kind, token }) => (token === null ? [] : [kind])))
  return Object.entries(plan.users).flatMap(([kind, { path, body }]) =>
    able.has(kind) ? [{ kind, path, body }] : [],
  )
}

function refuse(message: string, remedy: string): HarnessError<'usage'> {
  return new HarnessError('usage', message, remedy, { faults: [message] })
}
