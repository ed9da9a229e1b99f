import type pg from 'pg'
import { redact } from '../../ground/redact.ts'
import { parseStatements } from '../../ground/sql/list-statements.ts'
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

/** The statements of a file that are there to change rows and changed none. Nothing is told where tags and statements do not match. */
export async function toIdleStatements(
  { name: migration, file, sql }: Migration,
  tags: readonly string[],
): Promise<readonly IdleStatement[]> {
  if (!tags.some(isIdle)) return []
  const statements = (await parseStatements(sql)) ?? []
  if (statements.length !== tags.length) return []
  return statements.flatMap(({ line, text }, at) => {
    if (!isIdle(tags[at] ?? '')) return []
    const words = redact(text).replace(/\s+/g, ' ')
    const statement = words.length <= WORDS_LIMIT ? words : `${words.slice(0, WORDS_LIMIT - 1)}…`
    return [{ migration, file, line, statement }]
  })
}

function isIdle(tag: string): boolean {
  return /^(UPDATE|DELETE|MERGE|INSERT 0) 0$/.test(tag)
}
