import { type ClientBase, DatabaseError } from 'pg'
import { listStatements } from '../../ground/sql/list-statements.ts'
import { sqlstates } from '../../ground/sqlstate.ts'
import { fetchSchema } from '../../inspect/fetch-schema.ts'
import { toTouchedTables } from '../../judge/gate/judge-state.ts'
import type { DatabaseState } from '../../model/database-state.ts'
import { HarnessError } from '../../model/error.ts'
import type { RowAnswer } from '../../model/precondition.ts'
import type { Proof } from '../../model/proof.ts'
import type { Phase, Scenario } from '../../model/scenario.ts'
import type { SchemaModel } from '../../model/schema-model.ts'
import type { TargetFacts } from '../../model/target.ts'
import type { MigrationTool } from '../../model/tool.ts'
import { countRows } from '../../precondition/count-rows.ts'
import { fetchMigrator } from '../../target/fetch-migrator.ts'
import { fetchSessions } from '../../target/fetch-sessions.ts'
import { fetchTargetBytes, fetchTargetRows } from '../../target/fetch-target-rows.ts'
import { fetchTargetRole, fetchTargetServer } from '../../target/fetch-target-server.ts'
import { toTargetName } from '../../target/with-target.ts'
import { toAdvisoryLock } from '../../tool/tools.ts'

/** What a target is asked about. */
interface TargetQuestions {
  readonly url: string
  readonly scenario: Scenario
  readonly phase: Phase
  readonly tool: MigrationTool
  readonly before: DatabaseState | null
  readonly after: DatabaseState | null
  readonly proof: Proof
  /** The role that applies migrations there. */
  readonly migrator: string | undefined
  /** False: the SQL of the proof is not trusted, so none of it is sent. */
  readonly isProofTrusted: boolean
  /** Age from which on a transaction counts as long. */
  readonly longMs: number
}

const CONDITION_TIMEOUT_MS = 15_000

/** Fetches what a gate wants to know of a target, over a session that cannot write. No row leaves it but as a number. */
export async function fetchTargetFacts(client: ClientBase, asked: TargetQuestions): Promise<TargetFacts> {
  const { url, scenario, phase, tool, before, after, migrator } = asked
  const server = await fetchTargetServer(client, url)
  const role = await fetchTargetRole(client)
  const schema = await fetchSchema(client, tool.historyTable, 'catalogs').catch(async (error: unknown) => {
    throw await toLockError(client, asked, error)
  })
  const history = (await tool.fetchHistory(client)).map(({ logs: _mayQuoteRows, ...row }) => row)
  const touched = before && after ? toTouchedTables(phase, before.schema, after.schema) : []
  const { rows: available } = await client.query<{ name: string }>(
    'SELECT name::text FROM pg_catalog.pg_available_extensions ORDER BY 1',
  )
  const namespace = tool.rules.namespace ?? 'public'
  return {
    server,
    role,
    schema,
    history,
    otherHistories: await tool.fetchOtherHistories(client),
    rows: await fetchTargetRows(
      client,
      schema.tables.map((table) => `${table.namespace}.${table.name}`),
    ),
    availableExtensions: available.map(({ name }) => name),
    ...(await fetchSessions(client, toAdvisoryLock(scenario.tool), touched, asked.longMs)),
    migrator:
      migrator === undefined
        ? null
        : await fetchMigrator(client, migrator, {
            tables: touched,
            namespaces: before && after ? listGrowing(before.schema, after.schema) : [namespace],
            historyTable: `${namespace}.${tool.historyTable}`,
            createsInDatabase:
              before !== null && after !== null && createsInDatabase(before.schema, after.schema),
          }),
    touchedBytes: await fetchTargetBytes(client, touched),
    answers: await fetchAnswers(client, asked),
  }
}

/** Namespaces that are there and get a table. */
function listGrowing(before: SchemaModel, after: SchemaModel): string[] {
  const key = ({ namespace, name }: { namespace: string; name: string }) => `${namespace}.${name}`
  const was = new Set([...before.tables, ...before.enums, ...before.sequences].map(key))
  const made = [...after.tables, ...after.enums, ...after.sequences].filter((entry) => !was.has(key(entry)))
  return [...new Set(made.map(({ namespace }) => namespace))]
}

function createsInDatabase(before: SchemaModel, after: SchemaModel): boolean {
  const namesOf = (schema: SchemaModel) => [
    ...schema.extensions.map(({ name }) => `extension ${name}`),
    ...schema.objects.filter(({ kind }) => kind === 'schema').map(({ name }) => `schema ${name}`),
  ]
  const was = namesOf(before)
  return namesOf(after).some((name) => !was.includes(name))
}

/** The conditions are text of a file: one that is more than a SELECT could end the transaction that cannot write. */
async function fetchAnswers(
  client: ClientBase,
  { proof, phase, isProofTrusted }: TargetQuestions,
): Promise<Record<string, RowAnswer>> {
  const conditions = (proof.preconditions ?? []).flatMap(({ phase: of, sql }) =>
    of === phase.id && sql !== null ? [sql] : [],
  )
  if (!isProofTrusted)
    return Object.fromEntries(
      conditions.map((sql) => [
        sql,
        { unasked: 'SQL of a proof that is not signed by a trusted key is not sent' },
      ]),
    )
  const allowed: string[] = []
  const answers: Record<string, RowAnswer> = {}
  for (const sql of conditions) {
    const statements = await listStatements(sql)
    if (statements?.length === 1 && statements[0]?.tag === 'SelectStmt') allowed.push(sql)
    else answers[sql] = { unasked: 'it is not one SELECT' }
  }
  // Where row security hides rows from the role, a count is refused instead of being too small.
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL row_security = off')
  try {
    const found = await countRows(client, allowed, CONDITION_TIMEOUT_MS)
    return {
      ...answers,
      ...Object.fromEntries(allowed.map((sql, at) => [sql, found[at] ?? { unasked: 'no answer' }])),
    }
  } finally {
    await client.query('ROLLBACK')
  }
}

/** Somebody who changes a table keeps even its catalog from being read: who that is helps more than that it took too long. */
async function toLockError(
  client: ClientBase,
  { url, before, after }: TargetQuestions,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof DatabaseError) || error.code !== sqlstates.lockNotAvailable) return error
  const tables = [...(before?.schema.tables ?? []), ...(after?.schema.tables ?? [])]
  const names = tables.map(({ namespace, name }) => `${namespace}.${name}`)
  const { tableLocks } = await fetchSessions(client, null, names, 0)
  const cause = tableLocks
    .map(({ application, pid, what }) => `${application} (pid ${pid}) ${what}`)
    .join(', ')
  return new HarnessError(
    'postgres-lost',
    `Reading the catalog of ${toTargetName(url)}: ${cause || 'somebody locks a table'}.`,
    'Nothing was decided. Wait for it or end it, then ask again.',
    { provider: 'target', cause },
    { cause: error },
  )
}
