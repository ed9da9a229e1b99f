import { maskValues } from '../../ground/sql/mask-values.ts'
import type { Migration, MigrationFailure, ReplayOutcome } from '../../model/history.ts'
import type { ApplyRequest } from '../../model/tool.ts'
import { type ApplyResult, withPrismaEngine } from './prisma-engine.ts'
import type { TransactionRule } from './send-script.ts'

const SEARCH_PATH_HINT =
  'The file leaves another search_path behind, so Prisma no longer finds its history: use SET LOCAL, or RESET search_path at its end.'

/** Longest statement text kept in a failure, in characters. */
const STATEMENT_LIMIT = 500

/**
 * Applies the pending ones of the staged migrations through Prisma's engine, as `prisma migrate deploy` would. A migration that fails,
 * or a history that Prisma refuses, is part of the outcome; what ran before it stays applied.
 * @throws postgres-lost, engine-failed
 */
export async function applyMigrations(request: ApplyRequest, rule: TransactionRule): Promise<ReplayOutcome> {
  const from = performance.now()
  const { connectionString, migrations, expectedNew, onMigration } = request
  const result = await withPrismaEngine(connectionString, rule, (engine) => {
    let number = 0
    return engine.applyMigrations(migrations, (name) => onMigration?.(name, ++number, expectedNew.length))
  })
  const durationMs = performance.now() - from
  if (result.kind === 'applied') return { applied: result.names, failure: null, durationMs }
  const applied = result.started.slice(0, -1)
  return { applied, failure: toMigrationFailure(result, migrations), durationMs }
}

function toMigrationFailure(
  result: Exclude<ApplyResult, { kind: 'applied' }>,
  migrations: readonly Migration[],
): MigrationFailure {
  const name = result.started.at(-1) ?? (result.kind === 'refused' ? toNamedMigration(result.message) : null)
  const migration = migrations.find((candidate) => candidate.name === name)
  const place = { migration: name ?? '', file: migration?.file ?? '' }
  if (result.kind === 'refused') {
    const message = toShownRefusal(result.message)
    const hint = result.code === 'P1014' ? SEARCH_PATH_HINT : null
    return { ...place, line: null, statement: null, message, sqlstate: result.code, detail: null, hint }
  }
  const { error, line, statement } = result.failure
  const { message, detail = null, hint = null, code: sqlstate = '' } = error
  const text = maskValues(sqlstate, { message, detail, hint })
  return {
    ...place,
    line,
    statement: statement === null ? null : toShownStatement(statement),
    sqlstate,
    ...text,
  }
}

/** Prisma names the migration that failed earlier in its text only: "The `<name>` migration started at … failed". */
function toNamedMigration(message: string): string | null {
  return /^The `(.+)` migration started at/m.exec(message)?.[1] ?? null
}

/** Without the link and the time, so that the same refusal always reads the same. */
function toShownRefusal(message: string): string {
  const text = message.replace(/ ?Read more about .*$/gm, '').replace(/ started at .+ failed$/gm, ' failed')
  return text.replace(/\s+/g, ' ').trim()
}

function toShownStatement(statement: string): string {
  const text = statement.replace(/\s+/g, ' ').trim()
  return text.length <= STATEMENT_LIMIT ? text : `${text.slice(0, STATEMENT_LIMIT - 1)}…`
}
