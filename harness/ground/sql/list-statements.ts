import { parseSql, type SqlNode } from './parse-sql.ts'

/** A statement of an SQL text. */
interface SqlStatement {
  /** Without the comments before it and without its semicolon. */
  readonly text: string
  /** 1-based line where it begins. */
  readonly line: number
  /** Kind of statement as Postgres' parser names it: `CreateStmt`, `AlterTableStmt`, `DoStmt`, … */
  readonly tag: string
}

/** A statement with its place in the text (UTF-16 index) and its parse tree. */
export interface ParsedStatement extends SqlStatement {
  readonly offset: number
  readonly node: SqlNode
}

/** The statements of an SQL text in order, cut by Postgres' own parser; null when the parser refuses the text. */
export async function listStatements(sql: string): Promise<readonly SqlStatement[] | null> {
  const statements = await parseStatements(sql)
  return statements?.map(({ text, line, tag }) => ({ text, line, tag })) ?? null
}

/** As `listStatements`, with offsets and parse trees. */
export async function parseStatements(sql: string): Promise<readonly ParsedStatement[] | null> {
  const tree = await parseSql(sql)
  if (tree === null) return null
  // The parser counts bytes of UTF-8.
  const bytes = Buffer.from(sql)
  const statements: ParsedStatement[] = []
  const reached = { byte: 0, offset: 0, line: 1 }
  for (const { stmt, stmt_location: from = 0, stmt_len: length } of tree.stmts ?? []) {
    if (stmt === undefined) continue
    const raw = bytes.toString('utf8', from, length ? from + length : undefined)
    const lead = raw.slice(0, countLead(raw))
    const between = bytes.toString('utf8', reached.byte, from) + lead
    reached.byte = from + Buffer.byteLength(lead)
    reached.offset += between.length
    reached.line += between.split('\n').length - 1
    const text = raw.slice(lead.length).trimEnd()
    const tag = Object.keys(stmt)[0] ?? ''
    statements.push({ text, line: reached.line, tag, offset: reached.offset, node: stmt })
  }
  return statements
}

/** The 1-based line of a place (UTF-16 index) in a text. */
export function toLine(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

/** Length of the white space and comments that a text begins with. Block comments nest in Postgres. */
function countLead(text: string): number {
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) at++
    else if (text.startsWith('--', at)) {
      const end = text.indexOf('\n', at)
      at = end === -1 ? text.length : end + 1
    } else if (text.startsWith('/*', at)) at = skipBlockComment(text, at)
    else break
  }
  return at
}

function skipBlockComment(text: string, from: number): number {
  let depth = 0
  let at = from
  do {
    if (text.startsWith('/*', at)) {
      depth++
      at += 2
    } else if (text.startsWith('*/', at)) {
      depth--
      at += 2
    } else at++
  } while (depth > 0 && at < text.length)
  return at
}
