import type pg from 'pg'
import { quoteName } from '../../ground/quote.ts'
import { POLICIES_FOR_ROLES } from './schema-objects.ts'

/**
 * Puts the new names of roles into the policies of a schema's SQL, which pg_dump wrote by the names of the source.
 * @throws Error when a policy of the source is not found in the SQL, so that no old name stays
 */
export async function renameInPolicies(
  client: pg.ClientBase,
  sql: string,
  names: ReadonlyMap<string, string>,
): Promise<string> {
  const isRenamed = (name: string) => (names.get(name) ?? name) !== name
  if (![...names.keys()].some(isRenamed)) return sql
  const { rows } = await client.query<PolicyForRoles>(POLICIES_FOR_ROLES)
  return rows
    .filter((policy) => policy.names.some(isRenamed))
    .reduce((text, policy) => {
      const begin = `CREATE POLICY ${policy.name} ON ${policy.table}`
      const statement = new RegExp(
        `(${toLiteral(begin)}(?: AS \\w+)?(?: FOR \\w+)? TO )${toLiteral(policy.roles)}(?=;| USING | WITH CHECK )`,
      )
      if (!statement.test(text)) throw new Error(`the policy ${policy.name} is not in the schema's SQL`)
      const roles = policy.names.map((name) => quoteName(names.get(name) ?? name)).join(', ')
      return text.replace(statement, (_all, head: string) => `${head}${roles}`)
    }, sql)
}

interface PolicyForRoles {
  readonly name: string
  readonly table: string
  /** As the SQL lists them. */
  readonly roles: string
  readonly names: readonly string[]
}

function toLiteral(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
