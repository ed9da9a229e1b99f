import { listStatements } from '../../ground/sql/list-statements.ts'

/** What of a migration's file is left to run by hand. */
export interface RestOfFile {
  /** 1-based line it begins at. */
  readonly line: number
  readonly sql: string
}

/**
 * The rest of a file behind its first statements, as `tail -n +<line>` prints it; null where nothing or all of it is left, or where it
 * begins in a line that holds some of what ran.
 */
export async function toRest(sql: string, committed: number): Promise<RestOfFile | null> {
  const statements = await listStatements(sql)
  const [last, next] = [statements?.[committed - 1], statements?.[committed]]
  if (!last || !next) return null
  if (last.line + last.text.split('\n').length - 1 >= next.line) return null
  const rest = sql
    .split('\n')
    .slice(next.line - 1)
    .join('\n')
  const parsed = await listStatements(rest)
  return parsed?.length === (statements?.length ?? 0) - committed ? { line: next.line, sql: rest } : null
}
