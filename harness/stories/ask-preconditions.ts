import type { ClientBase } from 'pg'
import { toSha256 } from '../ground/file-digest.ts'
import { fetchTables } from '../inspect/fetch-schema.ts'
import { withDatabase } from '../inspect/with-database.ts'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { Migration } from '../model/history.ts'
import type { AskedPrecondition, MaskedRead, RecordedAnswer, RowAnswer } from '../model/precondition.ts'
import type { Scenario } from '../model/scenario.ts'
import type { SchemaModel } from '../model/schema-model.ts'
import type { SnapshotManifest } from '../model/snapshot.ts'
import { countRows } from '../precondition/count-rows.ts'
import { derivePreconditions, type StatementNeeds } from '../precondition/derive-preconditions.ts'
import type { Plan } from './read-plan.ts'

/** Longest wait for one condition on a throw-away server. */
const PATIENCE_MS = 10_000

/**
 * Counts, in a database as it is before a phase, the rows that the phase's statements fail on or lose. It reads only.
 * @param schema of that database
 */
export async function askBefore(
  url: string,
  schema: SchemaModel,
  migrations: readonly Migration[],
  major: number,
): Promise<readonly AskedPrecondition[]> {
  const needs = await derivePreconditions(schema, migrations, major)
  const preconditions = needs.flatMap((statement) => statement.preconditions)
  const conditions = preconditions.flatMap(({ sql }) => sql ?? [])
  if (preconditions.length === 0) return []
  const answers =
    conditions.length === 0
      ? []
      : await withDatabase(url, async (client) => {
          await client.query('BEGIN READ ONLY')
          return countRows(client, conditions, PATIENCE_MS)
        })
  const left = [...answers]
  return preconditions.map((one): AskedPrecondition => {
    const snapshot: RowAnswer =
      one.sql === null ? { unasked: one.reason ?? '' } : (left.shift() ?? { unasked: 'it was not answered' })
    return { ...one, snapshot, production: null }
  })
}

/** What production answered when the snapshot was captured, and which statements read masked values. */
interface ProductionView {
  /** Adds both to what a phase showed. */
  addTo(evidence: PhaseEvidence): PhaseEvidence
}

/**
 * Looks at all phases as one series of statements on the snapshot's database, which is how production was asked when the snapshot was
 * captured: a recorded answer counts for the very same condition only.
 */
export async function viewProduction(
  schema: SchemaModel,
  scenario: Scenario,
  migrations: readonly Migration[],
  manifest: SnapshotManifest | null,
): Promise<ProductionView> {
  const isCaptured = manifest?.policy !== undefined || manifest?.preconditions !== undefined
  if (!manifest || !isCaptured) return { addTo: (evidence) => evidence }
  const needs = await deriveSeries(schema, scenario, migrations, manifest.postgres.major)
  const recorded = new Map((manifest.preconditions ?? []).map((one) => [one.sha256, one]))
  const rules = new Map(
    (manifest.policy?.columns ?? [])
      .filter(({ changed }) => changed > 0)
      .map(({ namespace, table, column, rule }) => [`${namespace}.${table}.${column}`, rule]),
  )
  const answers = new Map(
    needs.flatMap(({ preconditions }) =>
      preconditions.flatMap((one) => {
        const answer = one.sql === null ? undefined : recorded.get(toSha256(one.sql))
        return answer ? [[toKey(one), toAnswer(answer)] as const] : []
      }),
    ),
  )
  return {
    addTo: (evidence) => {
      const files = new Set(evidence.migrations.map(({ file }) => file))
      return {
        ...evidence,
        preconditions: evidence.preconditions.map((one) => ({
          ...one,
          production: answers.get(toKey(one)) ?? null,
        })),
        maskedReads: needs.filter(({ file }) => files.has(file)).flatMap((one) => toMaskedReads(one, rules)),
      }
    },
  }
}

/** What the statements of all phases need of the rows before the first. */
function deriveSeries(
  schema: Pick<SchemaModel, 'tables' | 'enums'>,
  { phases }: Scenario,
  migrations: readonly Migration[],
  major: number,
): Promise<readonly StatementNeeds[]> {
  const inOrder = phases.flatMap((phase) => migrations.filter(({ name }) => phase.migrations.includes(name)))
  return derivePreconditions(schema, inOrder, major)
}

/**
 * Asks a source, in the transaction that is open on the connection and cannot write, what a scenario's statements need of its rows.
 * @param timeoutMs of one condition
 */
export async function askSource(
  client: ClientBase,
  { scenario, tool, migrations }: Plan & { readonly scenario: Scenario },
  timeoutMs: number,
): Promise<readonly RecordedAnswer[]> {
  const schema = await fetchTables(client, tool.historyTable)
  const { rows } = await client.query<{ version: string }>('SHOW server_version_num')
  const major = Math.floor(Number(Object.values(rows[0] ?? {})[0]) / 10_000)
  const needs = await deriveSeries(schema, scenario, migrations, major)
  const asked = needs.flatMap(({ preconditions }) => preconditions.flatMap(({ sql }) => sql ?? []))
  const conditions = [...new Set(asked)]
  const answers = await countRows(client, conditions, timeoutMs)
  return answers.flatMap((answer, position): RecordedAnswer[] => {
    const sha256 = toSha256(conditions[position] ?? '')
    return 'unasked' in answer ? [] : [{ sha256, ...answer }]
  })
}

function toMaskedReads(
  { file, line, endLine, statement, reads }: StatementNeeds,
  rules: ReadonlyMap<string, string>,
): readonly MaskedRead[] {
  return reads.flatMap((column) => {
    const rule = rules.get(column)
    return rule === undefined ? [] : [{ file, line, endLine, statement, column, rule }]
  })
}

/** Both ways to look at a statement say what they count in the same words. */
function toKey({ file, line, kind, counts }: Omit<AskedPrecondition, 'snapshot' | 'production'>): string {
  return JSON.stringify([file, line, kind, counts])
}

function toAnswer({ rows, refused }: RecordedAnswer): RowAnswer {
  return rows === undefined ? { refused: refused ?? '' } : { rows }
}
