import type pg from 'pg'
import { redact } from '../../ground/redact.ts'
import { changesUncounted } from '../../ground/sql/changes-uncounted.ts'
import { parseStatements } from '../../ground/sql/list-statements.ts'
import type { SqlNode } from '../../ground/sql/parse-sql.ts'
import type { IdleStatement, Migration } from '../../model/history.ts'

/** Longest beginning of a statement that is told, in characters. */
const WORDS_LIMIT = 80

/** Runs `run` and collects what Postgres says at the end of each statement meanwhile: `UPDATE 0`, `CREATE TABLE`. */
export async function withCommandTags<T>(
  client: pg.ClientBase,
  run: () => Promise<T>,
): Promise<{ readonly result: T; readonly tags: readonly string[] }> {
  const tags: string[] = []
  const hear = ({ text }: { text: string }) => tags.push(text)
  const { connection } = client as unknown as { connection: NodeJS.EventEmitter }
  connection.on('commandComplete', hear)
  try {
    return { result: await run(), tags }
  } finally {
    connection.off('commandComplete', hear)
  }
}

/**
 * The statements of a file that are there to change rows and changed none, and those of which Postgres does not tell. Of a file whose
 * tags and statements do not match it is told once.
 */
export async function toIdleStatements(
  { name: migration, file, sql }: Migration,
  tags: readonly string[],
): Promise<readonly IdleStatement[]> {
  if (!tags.some(isIdle) && !tags.some(mayHide) && !/\bWITH\b/i.test(sql)) return []
  const statements = (await parseStatements(sql)) ?? []
  if (statements.length !== tags.length)
    return [{ migration, file, line: 1, statement: 'the whole file', rows: null }]
  const idle: IdleStatement[] = []
  for (const [at, { node, line, text }] of statements.entries()) {
    const rows = (await changesUncounted(node))
      ? null
      : isIdle(tags[at] ?? '') && !onlyReads(node)
        ? 0
        : undefined
    if (rows !== undefined) idle.push({ migration, file, line, statement: toBeginning(text), rows })
  }
  return idle
}

function toBeginning(text: string): string {
  const words = redact(text).replace(/\s+/g, ' ')
  return words.length <= WORDS_LIMIT ? words : `${words.slice(0, WORDS_LIMIT - 1)}…`
}

/** `SELECT 0` is what a CREATE TABLE AS says that found no row, too. */
function isIdle(tag: string): boolean {
  return /^(UPDATE|DELETE|MERGE|INSERT 0|COPY|SELECT) 0$/.test(tag)
}

function mayHide(tag: string): boolean {
  return /^(DO|CALL|SELECT \d+|TRUNCATE TABLE)$/.test(tag)
}

function onlyReads(node: SqlNode): boolean {
  if ('SelectStmt' in node) return !node.SelectStmt.intoClause
  if ('CreateTableAsStmt' in node) return node.CreateTableAsStmt.objtype !== 'OBJECT_TABLE'
  return 'CopyStmt' in node && !node.CopyStmt.is_from
}
