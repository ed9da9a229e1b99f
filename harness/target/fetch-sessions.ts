import type { ClientBase } from 'pg'
import type { TargetSession } from '../model/target.ts'

const DEPLOYS = `
  SELECT l.pid, coalesce(nullif(a.application_name, ''), a.backend_type, 'a session') AS application,
         CASE WHEN l.granted THEN 'holds' ELSE 'waits for' END || ' the lock of a deploy' AS what
    FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a USING (pid)
   WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.classid = 0 AND l.objid::text = $1
     AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
   ORDER BY l.granted DESC, l.pid`

const LONG = `
  SELECT pid, coalesce(nullif(application_name, ''), backend_type) AS application,
         format('a transaction open for %s s (%s)', floor(extract(epoch FROM clock_timestamp() - xact_start)), state) AS what
    FROM pg_catalog.pg_stat_activity
   WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
     AND xact_start < clock_timestamp() - make_interval(secs => $1)
  UNION ALL
  SELECT 0, 'nobody', format('a prepared transaction open for %s s', floor(extract(epoch FROM clock_timestamp() - prepared)))
    FROM pg_catalog.pg_prepared_xacts
   WHERE database = current_database() AND prepared < clock_timestamp() - make_interval(secs => $1)
   ORDER BY 1`

// Readers and writers come and go; what changes a table waits for them briefly. These modes are of somebody who changes it, too.
const LOCKS = `
  SELECT l.pid, coalesce(nullif(a.application_name, ''), a.backend_type, 'a session') AS application,
         format('%s %s on %s.%s', CASE WHEN l.granted THEN 'holds' ELSE 'waits for' END, l.mode, n.nspname, c.relname) AS what
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_class c ON c.oid = l.relation
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
   WHERE l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
     AND l.pid IS DISTINCT FROM pg_backend_pid() AND n.nspname || '.' || c.relname = ANY ($1::text[])
     AND (NOT l.granted OR l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
          OR (l.mode = 'ShareUpdateExclusiveLock' AND a.backend_type IS DISTINCT FROM 'autovacuum worker'))
   ORDER BY l.granted DESC, l.pid`

/** Fetches who holds a deploy's advisory lock, whose transactions are open for long, and who locks the named tables. */
export async function fetchSessions(
  client: ClientBase,
  advisoryLock: string | null,
  tables: readonly string[],
  longMs: number,
): Promise<{
  readonly deploys: readonly TargetSession[]
  readonly longTransactions: readonly TargetSession[]
  readonly tableLocks: readonly TargetSession[]
}> {
  const deploys =
    advisoryLock === null ? [] : (await client.query<TargetSession>(DEPLOYS, [advisoryLock])).rows
  const longTransactions = (await client.query<TargetSession>(LONG, [longMs / 1000])).rows
  const tableLocks = (await client.query<TargetSession>(LOCKS, [tables])).rows
  return { deploys, longTransactions, tableLocks }
}
