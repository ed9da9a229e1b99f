import { redact } from '../../ground/redact.ts'
import { maskValues } from '../../ground/sql/mask-values.ts'
import { HarnessError } from '../../model/error.ts'
import type { Migration, MigrationFailure, ReplayOutcome, SessionChange } from '../../model/history.ts'
import type { ApplyRequest } from '../../model/tool.ts'
import { type ApplyResult, withPrismaEngine } from './prisma-engine.ts'
import type { TransactionRule } from './send-script.ts'
import { isAskedFor } from './stop-script.ts'

/** What to do about Prisma's own refusals, which are about the history and not about a file. */
const remedies: Readonly<Record<string, string>> = {
  P3005:
    'Production has tables and no history that Prisma finds. If it has one, capture it with the snapshot, and name its namespace as tool.namespace where that is not public. If it has none, baseline it: on production run prisma migrate resolve --applied <name> for each migration whose effect is there, list these under recorded, and capture the snapshot anew.',
  P3009:
    'Find out what that migration left on production, then run prisma migrate resolve --applied <name> there if all of it is there, or --rolled-back <name> if nothing is.',
  P3018: 'Mend that migration; on a database where it failed already, run prisma migrate resolve first.',
}

/** Longest statement text kept in a failure, in characters. */
const STATEMENT_LIMIT = 500

/**
 * Applies the pending ones of the staged migrations through Prisma's engine, as `prisma migrate deploy` would. A migration that fails,
 * or a history that Prisma refuses, is part of the outcome; what ran before it stays applied.
 * @throws postgres-lost, engine-failed
 */
export async function applyMigrations(
  request: ApplyRequest,
  rule: TransactionRule,
  namespace?: string,
): Promise<ReplayOutcome> {
  const from = performance.now()
  const { connectionString, migrations, expectedNew, onMigration, beforeEach = atOnce } = request
  const { stopAfter, mayMeet = false } = request
  const begun: string[] = []
  const applying = withPrismaEngine({ connectionString, rule, namespace }, (engine) =>
    engine.applyMigrations(migrations, {
      onStart: (name) => {
        const number = begun.push(name)
        onMigration?.(name, number, expectedNew.length)
      },
      beforeEach,
      stopAfter,
      mayMeet,
    }),
  )
  const result = await applying.catch((error: unknown) => {
    if (stopAfter?.how === 'killed' && begun.at(-1) === stopAfter.migration && isLost(error)) return null
    throw error
  })
  const durationMs = performance.now() - from
  if (result === null) {
    return { applied: begun.slice(0, -1), failure: toKilled(begun, migrations), session: [], durationMs }
  }
  const { started, session } = result
  if (result.kind !== 'applied') {
    return {
      applied: started.slice(0, -1),
      failure: toMigrationFailure(result, migrations),
      session,
      durationMs,
    }
  }
  // A transaction that is open at the end goes with the session, and the tool's records of the files in it.
  const undone = session.find(({ brokeDeploy }) => brokeDeploy)
  if (!undone) return { applied: started, failure: null, session, idle: result.idle, durationMs }
  const applied = started.slice(0, started.indexOf(undone.migration))
  return { applied, failure: toUndone(undone), session, durationMs }
}

async function atOnce(): Promise<void> {}

function isLost(error: unknown): boolean {
  return error instanceof HarnessError && error.code === 'postgres-lost'
}

function toKilled(begun: readonly string[], migrations: readonly Migration[]): MigrationFailure {
  const migration = begun.at(-1) ?? ''
  const file = migrations.find(({ name }) => name === migration)?.file ?? ''
  const message = 'the session of the deploy was ended'
  const nothing = { line: null, statement: null, detail: null, hint: null }
  return { migration, file, ...nothing, message, sqlstate: '57P01', isAskedFor: true }
}

function toUndone({ migration, file, line }: SessionChange): MigrationFailure {
  const message = 'the transaction that it leaves open is rolled back when the deploy ends'
  return { migration, file, line, statement: null, message, sqlstate: '25000', detail: null, hint: null }
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
    const line =
      result.session.find((change) => change.brokeDeploy && change.migration === name)?.line ?? null
    const remedy = remedies[result.code]
    return {
      ...place,
      line,
      statement: null,
      message,
      sqlstate: result.code,
      detail: null,
      hint: null,
      ...(remedy !== undefined && { remedy }),
      ...(result.code === 'P1002' && { isBusy: true as const }),
    }
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
    ...(isAskedFor(result.failure) && { isAskedFor: true as const }),
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

/** A migration may give a role its password. */
function toShownStatement(statement: string): string {
  const text = redact(statement).replace(/\s+/g, ' ').trim()
  return text.length <= STATEMENT_LIMIT ? text : `${text.slice(0, STATEMENT_LIMIT - 1)}…`
}
