import pg from 'pg'
import { toServerLack } from '../../ground/server-lack.ts'
import { type ParsedStatement, parseStatements, toLine } from '../../ground/sql/list-statements.ts'

/**
 * How Prisma sends a migration file: `one-batch` (up to 7.3: the whole file as one simple query, one implicit transaction) or
 * `per-statement` (7.4 and later: split by a parser, each statement commits by itself).
 */
export type TransactionRule = 'one-batch' | 'per-statement'

/** Where and why Postgres refused a script. Raw: the error may quote values of rows. */
export interface ScriptFailure {
  readonly error: pg.DatabaseError
  /** 1-based line in the script; null when not known. */
  readonly line: number | null
  /** The statement that failed, or its line in a script that does not parse; null when not known. */
  readonly statement: string | null
}

/**
 * Sends a migration script on one connection as Prisma does under this rule, up to the first error.
 * @returns null when all of it ran; the failure when Postgres refused a statement
 * @throws what `pg` throws when connection or server fail
 */
export async function sendScript(
  client: pg.ClientBase,
  script: string,
  rule: TransactionRule,
): Promise<ScriptFailure | null> {
  const nul = script.indexOf('\0')
  if (nul !== -1) return { error: toNulError(), line: toLine(script, nul), statement: null }
  if (rule === 'one-batch') return sendBatch(client, script)
  const statements = await parseStatements(script)
  if (statements === null || isSentAsBatch(statements, rule)) return sendBatch(client, script)
  return sendEach(client, script, statements)
}

/** Does a file go to Postgres as one query? */
export function isSentAsBatch(statements: readonly ParsedStatement[], rule: TransactionRule): boolean {
  return rule === 'one-batch' || statements.some(stopsPrismasSplitter)
}

/** Postgres never gets to see such a file: a NUL ends the text of a query, and Prisma refuses to send it. */
function toNulError(): pg.DatabaseError {
  const error = new pg.DatabaseError('the file holds a NUL byte, which no SQL can', 0, 'error')
  const hint = 'An editor that saves as UTF-16 writes a NUL beside every letter: save the file as UTF-8.'
  return Object.assign(error, { code: '22021', severity: 'ERROR', hint })
}

/**
 * Prisma's own splitter reads `CREATE INDEX CONCURRENTLY` but not `DROP INDEX CONCURRENTLY`, and sends a file it can't read as one
 * batch (https://github.com/prisma/prisma-engines/pull/5847, open with 7.10).
 */
function stopsPrismasSplitter({ node }: ParsedStatement): boolean {
  return 'DropStmt' in node && node.DropStmt.concurrent === true
}

async function sendEach(
  client: pg.ClientBase,
  script: string,
  statements: readonly ParsedStatement[],
): Promise<ScriptFailure | null> {
  for (const statement of statements) {
    const error = await sendText(client, statement.text)
    if (error !== null) return toFailure(error, script, statement, statement.text, statement.offset)
  }
  return null
}

async function sendBatch(client: pg.ClientBase, script: string): Promise<ScriptFailure | null> {
  // One message per finished statement is the only trace of how far a batch came: most errors carry no position.
  let finished = 0
  const count = () => {
    finished++
  }
  const { connection } = client as unknown as { connection: NodeJS.EventEmitter }
  connection.on('commandComplete', count)
  try {
    const error = await sendText(client, script)
    if (error === null) return null
    const statements = (await parseStatements(script)) ?? []
    const place = error.position === undefined ? null : toOffset(script, Number(error.position))
    const failing =
      place === null ? statements[finished] : statements.findLast((statement) => statement.offset <= place)
    // What is deferred fails at the commit, which the protocol tells as the failure of the last statement.
    const isLast = place === null && failing !== undefined && failing === statements.at(-1)
    const deferred = isLast ? await findDeferred(client, statements, error) : null
    return toFailure(error, script, deferred ?? failing, script, 0)
  } finally {
    connection.off('commandComplete', count)
  }
}

/**
 * The statement that wrote what a deferred constraint refuses at the commit of a batch; null when the last one failed by itself.
 * The batch is undone by then, so its statements run once more, each checked, and are rolled back.
 */
async function findDeferred(
  client: pg.ClientBase,
  statements: readonly ParsedStatement[],
  error: pg.DatabaseError,
): Promise<ParsedStatement | null> {
  const isOneTransaction = statements.every(({ tag }) => tag !== 'TransactionStmt')
  if (!isOneTransaction || !(await mayBeDeferred(client, statements))) return null
  const refused = async (text: string) => (await sendText(client, text))?.code === error.code
  await client.query('BEGIN')
  try {
    for (const statement of statements) {
      if ((await sendText(client, statement.text)) !== null) return null
      if (await refused('SAVEPOINT checked; SET CONSTRAINTS ALL IMMEDIATE')) return statement
      await client.query('ROLLBACK TO checked')
    }
    return null
  } finally {
    await client.query('ROLLBACK')
  }
}

async function mayBeDeferred(
  client: pg.ClientBase,
  statements: readonly ParsedStatement[],
): Promise<boolean> {
  if (statements.some(({ text }) => /\bDEFERR/i.test(text))) return true
  const { rowCount } = await client.query('SELECT FROM pg_catalog.pg_trigger WHERE tgdeferrable LIMIT 1')
  return rowCount === 1
}

async function sendText(client: pg.ClientBase, text: string): Promise<pg.DatabaseError | null> {
  try {
    // Text without parameters goes by the simple protocol: several statements are one implicit transaction.
    await client.query(text)
    return null
  } catch (error) {
    if (isDatabaseError(error) && (isAboutObject(error) || !isAboutServer(error))) return error
    throw error
  }
}

function toFailure(
  error: pg.DatabaseError,
  script: string,
  statement: ParsedStatement | undefined,
  sent: string,
  sentAt: number,
): ScriptFailure {
  const line =
    error.position !== undefined
      ? toLine(script, sentAt + toOffset(sent, Number(error.position)))
      : statement === undefined
        ? null
        : (toBlockLine(error, statement) ?? statement.line)
  // Of a file that does not parse the line is all that can be shown.
  const unparsed = statement === undefined && line !== null ? script.split('\n')[line - 1] : undefined
  return { error, line, statement: statement?.text ?? unparsed?.trim() ?? null }
}

/** Line inside a DO block, which Postgres counts from the line of the opening quote. */
function toBlockLine(error: pg.DatabaseError, statement: ParsedStatement): number | null {
  const counted = /inline_code_block line (\d+)/.exec(error.where ?? '')?.[1]
  const opening = /\$[^$\s]*\$|'/.exec(statement.text)
  if (statement.tag !== 'DoStmt' || counted === undefined || opening === null) return null
  return statement.line + toLine(statement.text, opening.index) - 1 + Number(counted) - 1
}

/** Postgres counts characters from 1, JavaScript counts UTF-16 units from 0. */
function toOffset(text: string, position: number): number {
  let offset = 0
  for (let left = position - 1; left > 0 && offset < text.length; left--) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
  }
  return offset
}

/** Is it an answer of Postgres (and not of the socket or the driver)? */
export function isDatabaseError(error: unknown): error is pg.DatabaseError {
  return error instanceof Error && 'severity' in error && typeof (error as pg.DatabaseError).code === 'string'
}

/** Does the error name what the server lacks, such as the library of an extension? Whoever called decides what that means. */
function isAboutObject({ code, message }: pg.DatabaseError): boolean {
  return toServerLack({ sqlstate: code, message }) !== null
}

/**
 * Does the error speak of the server's state and not of the statement: connection (08), resources (53), shutdown (57P), system (58),
 * corruption (XX001, XX002), or a cancel from outside? Then it is no verdict on the migration.
 */
function isAboutServer({ code = '', message }: pg.DatabaseError): boolean {
  return (
    /^(08|53|57P|58|F0|XX00[12])/.test(code) || (code === '57014' && message.includes('due to user request'))
  )
}
