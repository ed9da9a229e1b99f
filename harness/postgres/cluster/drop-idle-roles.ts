import { quoteName } from '../../ground/quote.ts'
import { withClient } from '../../ground/with-client.ts'
import { clusterLock, ownSession } from './hold-cluster.ts'
import { parkedComment, parkedPrefix } from './plan-roles.ts'

/** Drops the roles that runs made on a server and that no database needs any more, unless a run holds its roles just now. */
export async function dropIdleRoles(url: string): Promise<void> {
  await withClient(
    url,
    async (client) => {
      const { rows: free } = await client.query<{ isOurs: boolean }>(
        `SELECT pg_try_advisory_lock(${clusterLock}) AS "isOurs"`,
      )
      if (!free[0]?.isOurs) return
      const { rows } = await client.query<{ name: string }>(IDLE, [parkedPrefix, parkedComment])
      for (const { name } of rows) await client.query(`DROP ROLE ${quoteName(name)}`)
    },
    { options: ownSession },
  )
}

const IDLE = `
  SELECT rolname AS name FROM pg_roles r
   WHERE starts_with(rolname, $1) AND starts_with(shobj_description(oid, 'pg_authid'), $2)
     AND NOT EXISTS (SELECT FROM pg_shdepend d WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid
                        AND d.classid <> 'pg_auth_members'::regclass)`
