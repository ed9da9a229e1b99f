import pg from 'pg'
import { quoteName, quoteTable } from '../ground/quote.ts'
import { type ParsedStatement, parseStatements } from '../ground/sql/list-statements.ts'
import { missingObjectOf } from '../ground/sql/missing-object.ts'
import { type NamedObject, readStatementsIn } from '../ground/sql/statement-objects.ts'
import { withClient } from '../ground/with-client.ts'
import type { MissingDependency } from '../model/checkpoint.ts'
import type { Migration, MigrationFailure } from '../model/history.ts'
import type { ByHandLoss, ByHandNeed, ByHandRun } from '../model/rehearsal.ts'
import type { SchemaModel } from '../model/schema-model.ts'

/** What running files by hand needs to know. */
interface ByHandPlace {
  /** Where unqualified names lead. */
  readonly namespace: string
  /** The database before them: what they remove of it themselves is not missed. */
  readonly schema: SchemaModel
  /** Finds what a later phase creates and a statement missed; null for any other failure. */
  findCreator(failure: MigrationFailure): Promise<MissingDependency | null>
}

/**
 * Runs the files of migrations one after another as `psql -f` does when nobody tells it to stop: each in a session of its own, each
 * statement by itself, past every one that Postgres refuses. Before a statement removes a table or column, the values in it are counted.
 * @throws what the driver throws when connection or server fail
 */
export async function runByHand(
  connectionString: string,
  migrations: readonly Migration[],
  place: ByHandPlace,
): Promise<readonly ByHandRun[]> {
  const runs: ByHandRun[] = []
  for (const migration of migrations)
    runs.push(await withClient(connectionString, (client) => runFile(client, migration, place)))
  return runs
}

async function runFile(
  client: pg.Client,
  migration: Migration,
  { namespace, schema, findCreator }: ByHandPlace,
): Promise<ByHandRun> {
  // A text that does not parse is refused as a whole.
  const statements = (await parseStatements(migration.sql)) ?? []
  const { removed } = readStatementsIn(namespace)
  const run = { ran: 0, lost: [] as ByHandLoss[], absent: [] as string[], needs: [] as ByHandNeed[] }
  for (const statement of statements) {
    const place = `${migration.file}:${statement.line}`
    const counted = await countAll(client, removed(statement.node)).catch(toNothing)
    for (const { object, rows } of counted) if (rows === null) run.absent.push(toShort(object.name))
    const failure = await runStatement(client, statement, migration)
    if (failure === null) {
      run.ran++
      for (const { object, rows } of counted)
        if (rows) run.lost.push({ object: `${object.what} ${toShort(object.name)}`, rows, place })
      continue
    }
    const missing = isOfTables(failure, schema) ? await findCreator(failure) : null
    if (missing) run.needs.push({ object: missing.object, place, ...missing.createdBy })
  }
  return { migration: migration.name, of: statements.length, ...run, needs: distinct(run.needs) }
}

/** In a transaction that has failed nothing can be counted, and nothing more is removed. */
function toNothing(error: unknown): readonly Counted[] {
  if (error instanceof pg.DatabaseError) return []
  throw error
}

interface Counted {
  readonly object: NamedObject
  /** Values that it holds; null: there is no such table. */
  readonly rows: number | null
}

/** Tables and columns that are about to go, with what they hold. */
async function countAll(client: pg.Client, objects: readonly NamedObject[]): Promise<readonly Counted[]> {
  const counted: Counted[] = []
  for (const object of objects) {
    if (object.what === 'table') counted.push({ object, rows: await count(client, object.name, null) })
    if (object.space !== 'column') continue
    const at = object.name.lastIndexOf('.')
    const rows = await count(client, object.name.slice(0, at), object.name.slice(at + 1))
    if (rows !== null) counted.push({ object, rows })
  }
  return counted
}

/** Rows of a table, or its rows with a value in a column; null where there is no such thing. */
async function count(client: pg.Client, table: string, column: string | null): Promise<number | null> {
  const at = table.indexOf('.')
  const quoted = quoteTable({ namespace: table.slice(0, at), name: table.slice(at + 1) })
  // A question that fails would end a transaction that the file has begun, so it is asked first whether it can be answered.
  const { rows: found } = await client.query(IS_THERE, [quoted, column])
  if (found.length === 0) return null
  const counting = `SELECT count(${column === null ? '*' : quoteName(column)})::int AS rows FROM ${quoted}`
  return (await client.query<{ rows: number }>(counting)).rows[0]?.rows ?? 0
}

const IS_THERE = `SELECT FROM pg_attribute
  WHERE attrelid = to_regclass($1) AND NOT attisdropped AND attname = coalesce($2, attname) LIMIT 1`

async function runStatement(
  client: pg.Client,
  { text, line }: ParsedStatement,
  { name, file }: Migration,
): Promise<MigrationFailure | null> {
  try {
    await client.query(text)
    return null
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    const { code: sqlstate = '', message } = error
    return { migration: name, file, line, statement: text, message, sqlstate, detail: null, hint: null }
  }
}

/** Does a failure miss a table or column that was not there before? What holds them together comes with them. */
function isOfTables(failure: MigrationFailure, { tables }: SchemaModel): boolean {
  const missing = missingObjectOf(failure)
  if (missing?.kind === 'column') return true
  return missing?.kind === 'relation' && !tables.some(({ name }) => name === missing.name)
}

/** Several statements may miss the same thing: the first tells it. */
function distinct(needs: readonly ByHandNeed[]): readonly ByHandNeed[] {
  return needs.filter(({ object }, position) => needs.findIndex((one) => one.object === object) === position)
}

function toShort(name: string): string {
  return name.replace(/^public\./, '')
}
