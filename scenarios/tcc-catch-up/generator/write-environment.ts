import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TableSource, writeSnapshot } from '../../../harness/capture/write-snapshot.ts'
import { toCopyLine } from '../../../harness/ground/copy-text.ts'
import { TAKEN_AT } from './clock.ts'
import type { Environment } from './environments.ts'
import type { RecordedMigration } from './history.ts'
import type { Row } from './row.ts'

const SCHEMA_FOLDER = join(import.meta.dirname, 'schema')

/** Writes one environment as the snapshot folder `<snapshots>/<name>`. The same migrations give the same bytes. */
export async function writeEnvironment(
  environment: Environment,
  snapshots: string,
  migrations: readonly RecordedMigration[],
): Promise<ReturnType<typeof writeSnapshot>> {
  const { schema, schemaFolder = SCHEMA_FOLDER } = environment
  const preData = await readFile(join(schemaFolder, `${schema}.pre-data.sql`), 'utf8')
  const postData = await readFile(join(schemaFolder, `${schema}.post-data.sql`), 'utf8')
  const columnsByTable = parseTables(preData)
  const rowsByTable = environment.toTables(migrations)
  const unknown = Object.keys(rowsByTable).filter((name) => !columnsByTable.has(name))
  if (unknown.length > 0)
    throw new Error(`${environment.schema}.pre-data.sql has no table ${unknown.join(', ')}`)
  return writeSnapshot(join(snapshots, environment.name), {
    name: environment.name,
    takenAt: TAKEN_AT,
    postgres: { version: '17.4', major: 17 },
    preData,
    postData,
    tables: [...columnsByTable].map(([name, columns]) => toTableSource(name, columns, rowsByTable[name])),
    sanitised: {
      method: 'Nothing to remove: every person, place, trip and number was invented.',
      by: 'scenarios/tcc-catch-up/generator',
    },
  })
}

/** Tables and their columns, in the order of the schema file. */
export function parseTables(preData: string): ReadonlyMap<string, readonly string[]> {
  const tables = [...preData.matchAll(/^CREATE TABLE public\."(\w+)" \(\n(.*?)\n\);/gms)]
  return new Map(
    tables.map(([, name, body]) => [
      name as string,
      [...(body as string).matchAll(/^ {4}"(\w+)"/gm)].map(([, column]) => column as string),
    ]),
  )
}

function toTableSource(
  name: string,
  columns: readonly string[],
  rows: readonly Row[] | undefined,
): TableSource {
  if (!rows) throw new Error(`no rows are made for table ${name}`)
  const toLine = (row: Row) =>
    toCopyLine(
      columns.map((column) => {
        const value = row[column]
        if (value === undefined) throw new Error(`a row of ${name} has no ${column}`)
        return value
      }),
    )
  return { namespace: 'public', name, columns, rows: rows.map(toLine) }
}
