import type pg from 'pg'
import type { LockMode } from '../../model/cost.ts'

/** What a session holds and has done within its open transaction. */
export interface Look {
  /** Locks of all kinds that it holds. */
  readonly slots: number
  /** Position in the WAL, in bytes. */
  readonly wal: number
  readonly locks: readonly SeenLock[]
  /** Per table, by OID, since the transaction began. */
  readonly tables: Readonly<Record<string, { readonly read: number; readonly changed: number }>>
}

/** A lock on a relation. */
interface SeenLock {
  readonly oid: string
  readonly mode: LockMode
  /** Number of the relation's file; null for one that the transaction dropped. */
  readonly file: string | null
  /** Size now of a table that nobody else can reach; null for others. */
  readonly bytes: number | null
}

/** Looks at the session's own transaction in one round trip; it must be open. Statistics of others come too late for this. */
export async function lookAt(client: pg.ClientBase): Promise<Look> {
  const { rows } = await client.query<{ look: RawLook }>(LOOK)
  const { slots, wal, locks, tables } = (rows[0] as { look: RawLook }).look
  return {
    slots,
    wal,
    locks: (locks ?? []).map(([oid, mode, file, bytes]) => ({ oid, mode, file, bytes })),
    tables: Object.fromEntries((tables ?? []).map(([oid, read, changed]) => [oid, { read, changed }])),
  }
}

interface RawLook {
  readonly slots: number
  readonly wal: number
  readonly locks: readonly [string, LockMode, string | null, number | null][] | null
  readonly tables: readonly [string, number, number][] | null
}

const LOOK = `
  SELECT pg_catalog.json_build_object(
    'wal', pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0'),
    'slots', (SELECT count(*) FROM pg_catalog.pg_locks WHERE pid = pg_catalog.pg_backend_pid()),
    'locks', (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(l.relation::text, l.mode, c.relfilenode::text,
                       CASE WHEN l.mode = 'AccessExclusiveLock' AND c.relkind IN ('r', 'm')
                         THEN pg_catalog.pg_relation_size(c.oid) END))
                FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_class c ON c.oid = l.relation
               WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.relation::bigint >= 16384),
    'tables', (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(t.oid::text, t.read, t.changed))
                 FROM (SELECT c.oid, pg_catalog.pg_stat_get_xact_tuples_returned(c.oid) AS read,
                              pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid)
                              + pg_catalog.pg_stat_get_xact_tuples_updated(c.oid)
                              + pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) AS changed
                         FROM pg_catalog.pg_class c
                        WHERE c.relkind IN ('r', 'm') AND c.oid >= 16384) t
                WHERE t.read > 0 OR t.changed > 0)
  ) AS look`
