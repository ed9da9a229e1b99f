import { type Node, type ParseResult, parse, parsePlPgSQL } from 'libpg-query'

/** One node of Postgres' parse tree, such as `{ CreateStmt: {…} }`. */
export type SqlNode = Node

/**
 * Parses SQL with the grammar of Postgres 17.
 * @returns null when Postgres would refuse the text as a whole.
 */
export async function parseSql(sql: string): Promise<ParseResult | null> {
  if (sql.trim() === '') return { version: 0, stmts: [] }
  return (await parseOrNull(() => parse(sql))) as ParseResult | null
}

/** Parses a `CREATE FUNCTION … LANGUAGE plpgsql` into a tree of its body; null when the body is refused. */
export async function parsePlpgsql(createFunction: string): Promise<unknown> {
  return parseOrNull(() => parsePlPgSQL(createFunction))
}

async function parseOrNull(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run()
  } catch (error) {
    // The parser package takes any answer that contains the word ERROR for a failure, also a good tree of a file that has 'ERROR' in a
    // string or an enum. Its message is the whole answer then.
    const answer = error instanceof Error ? error.message : ''
    if (!answer.startsWith('{')) return null
    try {
      return JSON.parse(answer)
    } catch {
      return null
    }
  }
}
