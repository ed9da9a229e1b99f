import { join } from 'node:path'
import { inspectDatabase } from '../inspect/inspect-database.ts'
import type { ReferenceSchema } from '../model/checkpoint.ts'
import type { SchemaReference } from '../model/expectation.ts'
import type { Migration } from '../model/history.ts'
import { type PostgresServer, type Progress, silentProgress } from '../model/ports.ts'
import type { MigrationTool } from '../model/tool.ts'
import { loadSnapshot } from '../snapshot/load-snapshot.ts'
import { readSnapshot } from '../snapshot/read-snapshot.ts'
import { assertServerHas } from './assert-server-has.ts'
import type { TargetSchema } from './build-target.ts'
import type { Checkpoints } from './checkpoints.ts'

/** What building a reference needs. */
interface ReferenceSources {
  readonly tool: MigrationTool
  readonly projectRoot: string
  readonly migrations: readonly Migration[]
  readonly checkpoints: Checkpoints
  readonly server: PostgresServer
  readonly target: TargetSchema
  readonly progress: Progress
}

/** Builds each reference in a scratch database and reads its schema. */
export async function buildReferences(
  references: readonly SchemaReference[],
  sources: ReferenceSources,
): Promise<Record<string, ReferenceSchema>> {
  const built: Record<string, ReferenceSchema> = {}
  for (const reference of new Set(references)) {
    sources.progress.step(`reference ${reference}`)
    built[reference] =
      reference === 'target-schema'
        ? await sources.target.build()
        : await sources.checkpoints.withScratch(null, (url) => buildReference(reference, url, sources))
  }
  return built
}

async function buildReference(
  reference: Exclude<SchemaReference, 'target-schema'>,
  url: string,
  { tool, projectRoot, migrations, server }: ReferenceSources,
): Promise<ReferenceSchema> {
  if (reference === 'linear') {
    const { failure } = await tool.apply({
      connectionString: url,
      migrations,
      expectedNew: migrations.map(({ name }) => name),
    })
    if (failure) {
      assertServerHas(failure, migrations, server.version.major)
      return { schema: null, failure }
    }
  } else {
    const folder = join(projectRoot, 'snapshots', reference.slice('snapshot:'.length))
    await loadSnapshot(await readSnapshot(folder), url, { progress: silentProgress })
  }
  return { schema: (await inspectDatabase(url, tool)).schema, failure: null }
}
