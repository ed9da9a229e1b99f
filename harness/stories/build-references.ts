import { join } from 'node:path'
import { sqlstates } from '../ground/sqlstate.ts'
import { inspectDatabase } from '../inspect/inspect-database.ts'
import type { ReferenceSchema } from '../model/checkpoint.ts'
import type { Surroundings } from '../model/cluster.ts'
import type { SchemaReference } from '../model/expectation.ts'
import type { Migration } from '../model/history.ts'
import { type Cluster, type PostgresServer, type Progress, silentProgress } from '../model/ports.ts'
import type { Scenario } from '../model/scenario.ts'
import type { MigrationTool } from '../model/tool.ts'
import { loadSnapshot } from '../snapshot/load-snapshot.ts'
import { readSnapshot } from '../snapshot/read-snapshot.ts'
import { assertServerHas } from './assert-server-has.ts'
import type { TargetSchema } from './build-target.ts'
import type { Checkpoints } from './checkpoints.ts'
import { listCreatedRoles, type RolePlan, readRolePlan } from './role-plan.ts'

/** What building a reference needs. */
interface ReferenceSources {
  readonly tool: MigrationTool
  readonly projectRoot: string
  readonly migrations: readonly Migration[]
  readonly checkpoints: Checkpoints
  readonly server: PostgresServer
  readonly scenario: Scenario
  readonly target: TargetSchema
  readonly cluster: Cluster
  readonly roles: RolePlan
  readonly progress: Progress
}

/**
 * Builds each reference in a scratch database and reads its schema. Roles that phases made are not there meanwhile, and what a reference
 * makes outside of its database is gone afterwards.
 * @param now what is outside of the database after the phase
 */
export async function buildReferences(
  references: readonly SchemaReference[],
  sources: ReferenceSources,
  now: Surroundings,
): Promise<Record<string, ReferenceSchema>> {
  const built: Record<string, ReferenceSchema> = {}
  for (const reference of new Set(references)) {
    sources.progress.step(`reference ${reference}`)
    await enterReference(reference, sources, now)
    built[reference] =
      reference === 'target-schema' ? await sources.target.build() : await buildAsWhoMay(reference, sources)
  }
  if (references.length > 0) await sources.cluster.enter(now.roles)
  return built
}

/** As the migrator; as the superuser where a recorded migration was somebody's who may do more. Rights are not compared with references. */
async function buildAsWhoMay(
  reference: Exclude<SchemaReference, 'target-schema'>,
  sources: ReferenceSources,
): Promise<ReferenceSchema> {
  const build = (migrator: string | undefined) =>
    sources.checkpoints.withScratch(null, (url, database) =>
      buildReference(reference, url, sources.server.connectionString(database, migrator), sources),
    )
  const built = await build(sources.roles.by?.migrator)
  const { failure } = built
  const isOfPhase = sources.scenario.phases.some(({ migrations }) =>
    migrations.includes(failure?.migration ?? ''),
  )
  return failure?.sqlstate === sqlstates.rightMissing && sources.roles.by !== null && !isOfPhase
    ? build(undefined)
    : built
}

/** Names the roles that a reference starts with: those of the snapshot, without any that its own migrations make. */
async function enterReference(
  reference: SchemaReference,
  { cluster, roles, migrations }: ReferenceSources,
  now: Surroundings,
): Promise<void> {
  const made = reference === 'linear' ? await listCreatedRoles(migrations) : new Set<string>()
  const needed = new Set(roles.roles.map(({ name }) => name).filter((name) => !made.has(name)))
  await cluster.enter(now.roles.filter(({ name }) => needed.has(name)))
}

async function buildReference(
  reference: Exclude<SchemaReference, 'target-schema'>,
  url: string,
  migratorUrl: string,
  { scenario, tool, projectRoot, migrations, server, cluster }: ReferenceSources,
): Promise<ReferenceSchema> {
  if (reference === 'linear') {
    const { failure } = await tool.apply({
      connectionString: migratorUrl,
      migrations,
      expectedNew: migrations.map(({ name }) => name),
    })
    if (failure) {
      assertServerHas(failure, migrations, server.version.major)
      return { schema: null, failure }
    }
  } else {
    const folder = join(projectRoot, 'snapshots', reference.slice('snapshot:'.length))
    const other = await readSnapshot(folder)
    const wanted = await readRolePlan({ ...scenario, phases: [] }, other, [])
    const there = new Set((await cluster.read(null)).roles.map(({ name }) => name))
    await cluster.makeRoles(wanted.roles.filter(({ name }) => !there.has(name)))
    await loadSnapshot(other, url, { progress: silentProgress })
  }
  return { schema: (await inspectDatabase(url, tool)).schema, failure: null }
}
