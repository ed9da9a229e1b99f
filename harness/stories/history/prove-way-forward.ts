import { quoteName, quoteTable } from '../../ground/quote.ts'
import { inspectDatabase } from '../../inspect/inspect-database.ts'
import { isSameDefinition } from '../../judge/canonical.ts'
import { listAbsent } from '../../judge/history/judge-history.ts'
import { type Facts, listFacts, nameFact, wholeOf } from '../../judge/history/list-facts.ts'
import { renderRepair } from '../../judge/history/render-repair.ts'
import type { Checkpoint } from '../../model/checkpoint.ts'
import type { Migration } from '../../model/history.ts'
import type { AbsentEffect, WayForward, WholeDeploy } from '../../model/history-audit.ts'
import type { SchemaModel } from '../../model/schema-model.ts'
import type { StoredCheckpoint } from '../checkpoints.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import { toNewMigration } from './to-new-migration.ts'

/** What a run says of a plan whose migrations production records already. */
interface Onward {
  readonly deploy?: WholeDeploy
  readonly wayForward?: WayForward
}

/**
 * Where phases are to apply what is recorded and nothing else is pending: deploys the whole folder on a clone, which shows that nothing
 * happens, and proves on another one a single migration that makes what production lacks of the target schema.
 * @param asOf when production was like that, ISO 8601
 * @throws postgres-lost, engine-failed; usage when the target schema is invalid
 */
export async function proveWayForward(
  context: PhaseContext,
  { checkpoint, surroundings }: StoredCheckpoint,
  { upTo, asOf }: { readonly upTo: number; readonly asOf: string },
): Promise<Onward> {
  const { scenario, migrations, target, cluster } = context
  const recorded = new Set(
    checkpoint.history.filter((row) => row.finishedAt && !row.rolledBackAt).map(({ name }) => name),
  )
  const isPending = migrations.some(({ name }) => !recorded.has(name))
  const named = scenario.phases.filter(({ id }) => id <= upTo).flatMap((phase) => phase.migrations)
  if (isPending || named.length === 0) return {}
  const deploy = { command: context.tool.words.deploy, recorded: recorded.size }
  const { applied } = await deployOn(context, checkpoint, migrations)
  if (target.key === null) return { deploy: { ...deploy, applied } }
  const { schema } = await target.build()
  await cluster.enter(surroundings.roles)
  const wayForward = schema && (await prove(context, checkpoint, schema, asOf))
  return { deploy: { ...deploy, applied }, ...(wayForward && { wayForward }) }
}

async function prove(
  context: PhaseContext,
  base: Checkpoint,
  target: SchemaModel,
  asOf: string,
): Promise<WayForward | null> {
  const { absent, left, loosened } = compare(base.schema, target)
  const { statements: made, unwritten } = renderRepair(absent)
  const statements = [...made, ...loosened]
  if (statements.length === 0) return null
  const migration = toNewMigration(context.migrations, asOf, `${statements.join('\n')}\n`)
  const fault = await tryOn(context, base, migration, absent)
  const words = { migration: migration.name, statements, left: [...left, ...unwritten] }
  return fault === null
    ? { ...words, isProven: true, proof: describeEnd(context, base, absent) }
    : { ...words, isProven: false, proof: `Tried on a clone, where ${fault}.` }
}

/** What the target has and the database has not, and what the database has in another way or too much. */
function compare(schema: SchemaModel, target: SchemaModel) {
  const [facts, wanted] = [listFacts(schema), listFacts(target)]
  const absent: AbsentEffect[] = []
  const left: string[] = []
  for (const [key, expected] of wanted) {
    const found = facts.get(key) ?? null
    if (found === null) absent.push({ key, name: nameFact(key), expected, found })
    else if (!isSameDefinition(found, expected))
      left.push(`${nameFact(key)} (${found} instead of ${expected})`)
  }
  const extra = [...facts].filter(([key]) => !wanted.has(key))
  const isWhole = ([key]: readonly [string, string]) =>
    wanted.has(wholeOf(key) ?? key) || wholeOf(key) === null
  const loosened = extra.flatMap((fact) => loosen(fact, wanted))
  return {
    absent,
    loosened,
    left: [...left, ...extra.filter(isWhole).map(([key]) => `${nameFact(key)} is extra`)],
  }
}

/** Whoever writes by the target knows nothing of a column that it lacks, so the column must be able to stay empty. */
function loosen([key, definition]: readonly [string, string], wanted: Facts): string[] {
  const [, table = '', column = ''] = /^table (.+)\0column (.+)$/s.exec(key) ?? []
  const isRequired = definition.includes(' not null') && !/ default | identity-| stored: /.test(definition)
  if (!isRequired || !wanted.has(`table ${table}`)) return []
  const at = table.indexOf('.')
  const name = quoteTable({ namespace: table.slice(0, at), name: table.slice(at + 1) })
  return [`ALTER TABLE ${name} ALTER COLUMN ${quoteName(column)} DROP NOT NULL;`]
}

/** null when the tool's deploy applies the migration and nothing else, all that was missing is there, and no row is gone. */
async function tryOn(
  context: PhaseContext,
  base: Checkpoint,
  migration: Migration,
  absent: readonly AbsentEffect[],
): Promise<string | null> {
  const { applied, failure, after } = await deployOn(context, base, [...context.migrations, migration])
  if (failure) return `line ${failure.line} fails: ${failure.sqlstate} ${failure.message}`
  if (applied.join() !== migration.name) return 'the deploy applies something else'
  const facts = listFacts(after.schema)
  const still = absent.filter(({ key, expected }) => !isSameDefinition(facts.get(key) ?? null, expected))
  if (still.length > 0) return `these are still missing or others: ${listAbsent(still).join(', ')}`
  const lost = Object.entries(base.rowCounts).filter(([table, rows]) => after.rowCounts[table] !== rows)
  return lost.length === 0 ? null : `rows are others in ${lost.map(([table]) => table).join(', ')}`
}

async function deployOn(
  { tool, server, checkpoints, roles }: PhaseContext,
  { database }: Checkpoint,
  migrations: readonly Migration[],
) {
  return checkpoints.withScratch(database, async (url, name) => {
    const connectionString = server.connectionString(name, roles.by?.migrator)
    const { applied, failure } = await tool.apply({ connectionString, migrations, expectedNew: [] })
    return { applied, failure, after: await inspectDatabase(url, tool) }
  })
}

function describeEnd({ tool }: PhaseContext, { rowCounts }: Checkpoint, absent: readonly AbsentEffect[]) {
  const tables = absent.filter(({ key }) => /^table [^\0]+$/.test(key)).length
  const columns = listAbsent(absent).filter((name) => name.startsWith('column ')).length
  const rows = Object.values(rowCounts).reduce((sum, count) => sum + count, 0)
  return `Proven on a clone: ${tool.words.deploy} applies it and nothing else; afterwards the ${tables} missing tables and the ${columns} columns missing in others are there, and all ${rows} rows are still there.`
}
