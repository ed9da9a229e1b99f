import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { toSha256 } from '../ground/file-digest.ts'
import { readFolderDigest } from '../ground/folder-digest.ts'
import { quoteName } from '../ground/quote.ts'
import { toLackError, toServerLack } from '../ground/server-lack.ts'
import { withDatabase } from '../inspect/with-database.ts'
import type { ReferenceSchema } from '../model/checkpoint.ts'
import type { PostgresServer } from '../model/ports.ts'
import type { Scenario } from '../model/scenario.ts'
import type { MigrationTool } from '../model/tool.ts'
import { toTargetKey } from './checkpoint-key.ts'
import type { Checkpoints } from './checkpoints.ts'
import { harnessDigest } from './harness-digest.ts'
import { listExtensionsNeeded } from './list-extensions-needed.ts'

/** What building the target's schema needs. */
interface TargetSources {
  readonly scenario: Scenario
  readonly tool: MigrationTool
  readonly projectRoot: string
  readonly checkpoints: Checkpoints
  readonly server: PostgresServer
}

/** The target's schema in a database of its own: kept like a checkpoint, so that only an edit of its file makes it anew. */
export interface TargetSchema {
  /** Key of its checkpoint; null where the scenario has no target. */
  readonly key: string | null
  /** Builds it, once in a run. */
  build(): Promise<ReferenceSchema>
}

/**
 * Opens the target of a scenario; nothing is built before it is asked for.
 * @throws from `build`: usage when the schema is missing or the tool finds it invalid; engine-failed
 */
export async function openTarget(sources: TargetSources): Promise<TargetSchema> {
  const { scenario, projectRoot, server } = sources
  if (scenario.target?.schema === undefined) return { key: null, build: () => refuse() }
  const path = resolve(projectRoot, scenario.target.schema)
  const { namespace = 'public' } = sources.tool.rules
  const key = toTargetKey(`${await readDigest(path)} in ${namespace}`, server.version.text, harnessDigest())
  let built: Promise<ReferenceSchema> | null = null
  return {
    key,
    build: () => {
      built ??= build(key, path, sources)
      return built
    },
  }
}

/** `planFaults` refuses a scenario that compares with a schema it doesn't name. */
async function refuse(): Promise<never> {
  throw new Error('the scenario has no target')
}

async function build(
  key: string,
  path: string,
  { scenario, tool, checkpoints, server }: TargetSources,
): Promise<ReferenceSchema> {
  const found = await checkpoints.find(key)
  if (found) return { schema: found.checkpoint.schema, failure: null }
  const sql = await tool.renderTargetSql(path)
  const extensions = listExtensionsNeeded(sql).map(
    (name) => `CREATE EXTENSION IF NOT EXISTS "${name}" CASCADE;\n`,
  )
  const { checkpoint } = await checkpoints.make(key, null, tool, async (url) => {
    await withDatabase(url, (client) =>
      client.query([...extensions, ...toNamespace(tool), sql].join('')),
    ).catch((error: unknown) => {
      const { code: sqlstate, message = '' } = error as {
        readonly code?: string
        readonly message?: string
      }
      const lack = toServerLack({ sqlstate, message })
      throw lack
        ? toLackError(lack, `Building the schema of ${scenario.target?.schema}`, server.version.major)
        : error
    })
    return { replay: null, surroundings: { roles: [], changes: [], hidden: [] } }
  })
  return { schema: checkpoint.schema, failure: null }
}

/** The statements by which unqualified names fall into the namespace that a deploy works in. */
function toNamespace({ rules: { namespace } }: MigrationTool): string[] {
  if (namespace === undefined) return []
  const name = quoteName(namespace)
  return [`CREATE SCHEMA IF NOT EXISTS ${name};\nSET search_path = ${name};\n`]
}

/** Digest of a schema file, or of the folder of them. */
async function readDigest(path: string): Promise<string> {
  const entry = await stat(path).catch(() => null)
  return entry?.isDirectory()
    ? readFolderDigest(path)
    : toSha256(await readFile(path, 'utf8').catch(() => ''))
}
