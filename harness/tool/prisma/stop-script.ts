import type pg from 'pg'
import { parseStatements } from '../../ground/sql/list-statements.ts'
import type { DeployStop } from '../../model/tool.ts'
import { isSentAsBatch, type ScriptFailure, sendScript, type TransactionRule } from './send-script.ts'

/** Whatever role the file took on, the role of the session may end it. */
const KILL =
  'SET SESSION AUTHORIZATION DEFAULT; SELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid()), pg_catalog.pg_sleep(10)'

/** The error carries a position, by which its statement is found. */
const FAIL = 'SELECT stopped_by_rehearsal'

/** Is it the failure that `sendUntil` led to? */
export function isAskedFor({ statement }: ScriptFailure): boolean {
  return statement === FAIL
}

/**
 * Sends the first statements of a script as a deploy does, and then ends the session or has Postgres refuse the next one, within the same
 * transaction.
 * @throws what `pg` throws when the connection ends, which is what `killed` leads to
 */
export async function sendUntil(
  client: pg.ClientBase,
  script: string,
  rule: TransactionRule,
  { after, how }: DeployStop,
): Promise<ScriptFailure | null> {
  const end = how === 'killed' ? KILL : FAIL
  const statements = (await parseStatements(script)) ?? []
  const next = statements[after]
  // A file is committed with its last statement, so that its end comes behind it.
  if (next === undefined) return (await sendScript(client, script, rule)) ?? sendScript(client, end, rule)
  const sent = isSentAsBatch(statements, rule) ? 'one-batch' : rule
  return sendScript(client, `${script.slice(0, next.offset)}\n${end}`, sent)
}
