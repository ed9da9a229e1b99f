import { type ParsedStatement, parseStatements } from './list-statements.ts'

/** A statement that changes rows, and a table whose rows it reads or changes. */
interface ReachedTable {
  /** With its namespace; without one as it is written. */
  readonly table: string
  readonly statement: string
  readonly line: number
}

/**
 * Lists the tables whose rows statements of a text reach in order to change some. What comes after a statement that may lift row
 * security is left out, and so are blocks of code.
 */
export async function listReachedTables(sql: string): Promise<readonly ReachedTable[]> {
  // It may be lifted by a setting, a role, a policy, or an ALTER TABLE about it.
  const statements = (await parseStatements(sql)) ?? []
  const lifted = statements.findIndex(mayLift)
  return statements.slice(0, lifted === -1 ? undefined : lifted).flatMap((statement) => {
    const tables = new Set<string>()
    collect(toReading(statement), tables)
    const { text, line } = statement
    return [...tables].map((table) => ({ table, statement: text.split(/\s+/).slice(0, 3).join(' '), line }))
  })
}

function mayLift({ tag, text }: ParsedStatement): boolean {
  return (
    ['VariableSetStmt', 'CreatePolicyStmt', 'AlterPolicyStmt', 'DoStmt', 'CallStmt'].includes(tag) ||
    /\bROW\s+LEVEL\s+SECURITY\b|\bset_config\b/i.test(text)
  )
}

/** What a statement reads; an INSERT does not read the table that it fills. */
function toReading({ node }: ParsedStatement): unknown {
  if ('InsertStmt' in node) return node.InsertStmt.selectStmt
  return 'UpdateStmt' in node || 'DeleteStmt' in node || 'MergeStmt' in node ? node : null
}

function collect(node: unknown, into: Set<string>): void {
  if (typeof node !== 'object' || node === null) return
  const fields = node as Readonly<Record<string, unknown>>
  const { relname, schemaname } = fields
  if (typeof relname === 'string')
    into.add(typeof schemaname === 'string' ? `${schemaname}.${relname}` : `public.${relname}`)
  for (const value of Object.values(fields)) collect(value, into)
}
