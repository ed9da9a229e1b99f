import { parseSql } from './parse-sql.ts'

/** Roles that SQL names, and those that it makes itself. */
interface NamedRoles {
  /** As owners, in grants, policies, default privileges, memberships, or as what is altered; without those that it makes. */
  readonly named: readonly string[]
  readonly created: readonly string[]
}

/**
 * Lists the roles of an SQL text by Postgres' own parser. What a block of code makes (`DO`) is found by its words. Text that the parser
 * refuses names nothing here: Postgres refuses it as well.
 */
export async function listRoles(sql: string): Promise<NamedRoles> {
  const created = new Set(
    [...sql.matchAll(CREATE)].map(([, quoted, plain]) => quoted ?? plain?.toLowerCase() ?? ''),
  )
  if (!MAY_NAME.test(sql)) return { named: [], created: [...created] }
  const named = new Set<string>()
  const tree = await parseSql(sql)
  for (const { stmt } of tree?.stmts ?? []) collect(stmt, named)
  return {
    named: [...named].filter((name) => !created.has(name) && !name.startsWith('pg_')),
    created: [...created],
  }
}

const CREATE = /\bCREATE\s+(?:ROLE|USER|GROUP)\s+(?!MAPPING\b)(?:"([^"]+)"|([\p{L}_][\p{L}\p{N}_$]*))/giu
const MAY_NAME = /\b(OWNER|GRANT|REVOKE|POLICY|PRIVILEGES|ROLE|USER|AUTHORIZATION)\b/i

function collect(node: unknown, into: Set<string>): void {
  if (typeof node !== 'object' || node === null) return
  if (Array.isArray(node)) {
    for (const one of node) collect(one, into)
    return
  }
  const fields = node as Readonly<Record<string, unknown>>
  if (fields.roletype === 'ROLESPEC_CSTRING' && typeof fields.rolename === 'string') into.add(fields.rolename)
  const granted = (fields.GrantRoleStmt as { granted_roles?: readonly GrantedRole[] } | undefined)
    ?.granted_roles
  for (const { AccessPriv } of granted ?? []) if (AccessPriv?.priv_name) into.add(AccessPriv.priv_name)
  for (const value of Object.values(fields)) collect(value, into)
}

interface GrantedRole {
  readonly AccessPriv?: { readonly priv_name?: string }
}
