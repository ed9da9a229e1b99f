import { readFile } from 'node:fs/promises'
import { HarnessError } from '../../model/error.ts'
import { toEngineError } from './engine-errors.ts'
import { loadSchemaEngine } from './load-schema-engine.ts'
import { toOfflineFactory } from './offline-adapter.ts'

const NO_FILTERS = { externalTables: [], externalEnums: [] }

/**
 * The SQL by which Prisma's engine makes the tables of a `schema.prisma`, without checks, triggers and partial
 * indexes. It needs no database.
 * @throws usage when Prisma finds the schema invalid (every fault with its line); engine-failed
 */
export async function renderSchemaSql(schemaPrisma: string): Promise<string> {
  const file = { path: 'schema.prisma', content: schemaPrisma }
  try {
    const { SchemaEngine, guard } = await loadSchemaEngine()
    const datamodels: [string, string][] = [[file.path, file.content]]
    const engine = await guard(() => SchemaEngine.new({ datamodels }, () => {}, toOfflineFactory()))
    try {
      const to = { tag: 'schemaDatamodel' as const, files: [file] }
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
 * The same of a file.
 * @throws usage when there is no such file, or Prisma finds it invalid; engine-failed
 */
export async function renderSchemaFile(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const fault = `${path}: ${cause.code === 'ENOENT' ? 'does not exist' : `cannot be read (${cause.code})`}`
    throw new HarnessError(
      'usage',
      `Read the Prisma schema ${fault}.`,
      'Name the file in scenario.ts under target.schema, relative to the root of the project.',
      { faults: [fault] },
      { cause },
    )
  })
  return renderSchemaSql(text)
}

function toSchemaError(error: unknown): HarnessError {
  const { code, message } = error as { code?: string; message: string }
  if (code !== 'P1012') return toEngineError('render the SQL of a schema', error)
  const faults = [...message.matchAll(/^error: (.+)\n\s+-->\s+schema\.prisma:(\d+)/gm)].map(
    ([, fault, line]) => `line ${line}: ${fault}`,
  )
  return new HarnessError(
    'usage',
    `Read the Prisma schema: ${faults[0] ?? message.split('\n')[0]}${faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''}.`,
    'Correct schema.prisma; `prisma validate` shows the same faults.',
    { faults },
    { cause: error },
  )
}
