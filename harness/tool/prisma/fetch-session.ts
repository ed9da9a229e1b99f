import type pg from 'pg'
import { HISTORY_TABLE } from './fetch-history.ts'

/** One thing in which a session differs from a new one, as a person reads it. */
export interface SessionTrait {
  /** `role`, `search_path`, `TimeZone`; `temporary <table>`; `history`; `transaction`. */
  readonly name: string
  /** `role limited instead of deploy`, `an open transaction`. */
  readonly left: string
}

/** What a new session has, to compare with. */
export interface NewSession {
  /** The role that connects. */
  readonly login: string
  /** The role that it works as: another one where production has it become one at login. */
  readonly user: string
  /** The namespaces in which names are looked up. */
  readonly path: string
}

/** Reads what a session has before any migration. */
export async function fetchNewSession(client: pg.ClientBase): Promise<NewSession> {
  const { rows } = await client.query<NewSession>(
    `SELECT session_user::text AS login, current_user::text AS "user", ${PATH} AS path`,
  )
  return rows[0] as NewSession
}

/**
 * Reads in one round trip in what a session differs from a new one: role, settings that change what SQL means, temporary tables that
 * hide others, a history that is gone.
 */
export async function fetchTraits(
  client: pg.ClientBase,
  { login, user, path }: NewSession,
): Promise<readonly SessionTrait[]> {
  const { rows } = await client.query<SessionTrait>(TRAITS, [login, user, path])
  return rows
}

const PATH = `pg_catalog.array_to_string(pg_catalog.current_schemas(false), ', ')`

/** Settings without a say in what a later file does: messages, names, memory, plans. Time limits are among the others. */
const HARMLESS =
  '^(application_name|client_min_messages|log_|debug_|enable_|.*_cost$|.*work_mem$|.*_mem$|geqo|jit|max_parallel|parallel_|effective_|maintenance_|track_|synchronous_commit|commit_|wal_|random_page|seq_page|cursor_tuple|from_collapse|join_collapse|temp_buffers|tcp_|vacuum_|backend_flush|.*_target$|seed$|is_superuser$|in_hot_standby$|transaction_|client_connection|plan_cache|force_parallel|hash_mem|logical_decoding|stats_|exit_on|trace_|restrict_|event_triggers$|password_|scram_)'

// Every name is qualified, because the file may have left any search_path. A setting of a name of its own, such as
// "app.token", may hold a secret, and pg_settings does not list it.
const TRAITS = `
  SELECT 'session_authorization' AS name, 'session_authorization ' || session_user || ' instead of ' || $1::text AS "left"
   WHERE session_user <> $1::text
  UNION ALL
  SELECT 'role', 'role ' || current_user || ' instead of ' || $2::text
   WHERE current_user <> $2::text AND session_user = $1::text
  UNION ALL
  SELECT s.name, s.name || ' '
           || CASE WHEN s.setting = '' THEN '""' ELSE pg_catalog.current_setting(s.name) END
           || ' instead of ' || CASE WHEN s.reset_val = '' THEN '""' ELSE s.reset_val END
    FROM pg_catalog.pg_settings s
   WHERE s.source = 'session' AND s.setting IS DISTINCT FROM s.reset_val AND s.name !~ '${HARMLESS}' AND (s.name !~ '[.]' OR s.name LIKE 'plpgsql.%')
     AND (s.name <> 'search_path' OR ${PATH} <> $3::text)
  UNION ALL
  SELECT 'temporary ' || t.relname, 'a temporary table ' || t.relname || ', which hides ' || n.nspname || '.' || o.relname
    FROM pg_catalog.pg_class t
    JOIN pg_catalog.pg_class o ON o.relname = t.relname AND o.relnamespace <> t.relnamespace
    JOIN pg_catalog.pg_namespace n ON n.oid = o.relnamespace AND n.nspname !~ '^pg_'
   WHERE t.relnamespace = pg_catalog.pg_my_temp_schema() AND t.relkind IN ('r', 'v', 'p')
  UNION ALL
  SELECT 'history', 'no table ${HISTORY_TABLE}'
   WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class WHERE relname = '${HISTORY_TABLE}' AND relkind IN ('r', 'p'))
  ORDER BY 1`
