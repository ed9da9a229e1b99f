import { HarnessError } from '../../model/error.ts'
import { toEngineError } from './engine-errors.ts'
import { loadSchemaEngine } from './load-schema-engine.ts'
import { toOfflineFactory } from './offline-adapter.ts'
import { toCurrentSchema, toOlderSql } from './older-schema.ts'
import { readSchemaFiles, type SchemaFile } from './read-schema-files.ts'

const NO_FILTERS = { externalTables: [], externalEnums: [] }

/**
 * The SQL by which Prisma's engine makes the tables of a Prisma schema, without checks, triggers and partial
 * indexes. It needs no database.
 * @throws usage when Prisma finds the schema invalid (every fault with its line); engine-failed
 */
export async function renderSchemaSql(schema: readonly SchemaFile[]): Promise<string> {
  const files = schema.map(({ path, content }) => ({ path, content: toCurrentSchema(content) }))
  try {
    const { SchemaEngine, guard } = await loadSchemaEngine()
    const datamodels: [string, string][] = files.map(({ path, content }) => [path, content])
    const engine = await guard(() => SchemaEngine.new({ datamodels }, () => {}, toOfflineFactory()))
    try {
      const to = { tag: 'schemaDatamodel' as const, files }
      const options = { script: true, exitCode: null, filters: NO_FILTERS }
      const { stdout } = await guard(() => engine.diff({ from: { tag: 'empty' }, to, ...options }))
      return stdout ?? ''
    } finally {
      engine.free()
    }
  } catch (error) {
    throw toSchemaError(error)
  }
}

/**
 * The same of a file, or of a folder of them, as that version of Prisma makes it.
 * @throws usage when there is none, or Prisma finds it invalid; engine-failed
 */
export async function renderSchemaFile(path: string, version: string): Promise<string> {
  return toOlderSql(await renderSchemaSql(await readSchemaFiles(path)), version)
}

function toSchemaError(error: unknown): HarnessError {
  const { code, message } = error as { code?: string; message: string }
  if (code !== 'P1012') return toEngineError('render the SQL of a schema', error)
  const faults = [...message.matchAll(/^error: (.+)\n\s+-->\s+(\S+):(\d+)/gm)].map(
    ([, fault, file, line]) => `${file} line ${line}: ${fault}`,
  )
  return new HarnessError(
    'usage',
    `Read the Prisma schema: ${faults[0] ?? message.split('\n')[0]}${faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''}.`,
    'Correct schema.prisma; `prisma validate` shows the same faults.',
    { faults },
    { cause: error },
  )
}
