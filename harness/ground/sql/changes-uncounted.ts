import { callsFunction } from './calls-function.ts'
import { listInnerSql } from './list-objects-created.ts'
import { parseStatements } from './list-statements.ts'
import type { SqlNode } from './parse-sql.ts'
import { visit } from './visit.ts'

const WRITES = /^(Insert|Update|Delete|Merge|Truncate|Copy)Stmt$/
/** EXECUTE of more than one literal, which is read with the block. */
const RUNS_OTHER = /\bPERFORM\b|\bCALL\b|\bEXECUTE\s+(?!'(?:[^']|'')*'\s*(?:;|USING\b|INTO\b))/i

/**
 * Tells whether a statement changes rows, or may, without Postgres telling how many: a block, a call, a TRUNCATE, what stands in a WITH.
 */
export async function changesUncounted(node: SqlNode): Promise<boolean> {
  if ('DoStmt' in node) return blockWrites(node)
  if ('CallStmt' in node || 'TruncateStmt' in node) return true
  if ('SelectStmt' in node && callsFunction(node)) return true
  let writes = false
  visit(node, (kind, value) => {
    if (kind !== 'CommonTableExpr') return
    const query = (value as { ctequery?: object }).ctequery ?? {}
    if (Object.keys(query).some((inner) => WRITES.test(inner))) writes = true
  })
  return writes
}

async function blockWrites(block: Extract<SqlNode, { DoStmt: unknown }>): Promise<boolean> {
  const options = block.DoStmt.args ?? []
  const bodies = options.flatMap((arg) =>
    'DefElem' in arg && arg.DefElem.arg && 'String' in arg.DefElem.arg
      ? [{ name: arg.DefElem.defname, text: arg.DefElem.arg.String.sval ?? '' }]
      : [],
  )
  // Only PL/pgSQL can be read.
  if (bodies.some(({ name, text }) => name === 'language' && text.toLowerCase() !== 'plpgsql')) return true
  const body = bodies.find(({ name }) => name === 'as')?.text ?? ''
  if (RUNS_OTHER.test(body.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' '))) return true
  for (const sql of await listInnerSql(block)) {
    for (const { node, tag } of (await parseStatements(sql)) ?? []) {
      if (WRITES.test(tag) || (await changesUncounted(node))) return true
    }
  }
  return false
}
