import type pg from 'pg'

/** Gives a copy the rights on its template and what roles have set in it: Postgres copies neither. */
export async function copyRights(pool: pg.Pool, template: string, copy: string): Promise<void> {
  const { rows } = await pool.query<{ sql: string | null }>(STATEMENTS, [template, copy])
  const sql = rows[0]?.sql
  if (sql != null) await pool.query(sql)
}

// A setting that is a list of names is kept as it has to be written; any other is a text.
const STATEMENTS = `
SELECT string_agg(statement, '; ') AS sql FROM (
  SELECT format('ALTER ROLE %I IN DATABASE %I SET %s TO %s', pg_get_userbyid(s.setrole), $2::text,
           (SELECT string_agg(quote_ident(part), '.') FROM unnest(string_to_array(e.name, '.')) part),
           CASE WHEN e.name IN ('search_path', 'temp_tablespaces', 'local_preload_libraries', 'session_preload_libraries') AND e.value <> ''
             THEN e.value ELSE quote_literal(e.value) END) AS statement
  FROM pg_db_role_setting s
  CROSS JOIN LATERAL (SELECT split_part(one, '=', 1), substr(one, strpos(one, '=') + 1) FROM unnest(s.setconfig) one) AS e (name, value)
  WHERE s.setrole <> 0 AND s.setdatabase = (SELECT oid FROM pg_database WHERE datname = $1)
  UNION ALL
  SELECT format('GRANT %s ON DATABASE %I TO %s%s', x.privilege_type, $2::text,
           CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
           CASE WHEN x.is_grantable AND x.grantee <> 0 THEN ' WITH GRANT OPTION' ELSE '' END)
  FROM pg_database d CROSS JOIN LATERAL aclexplode(d.datacl) x WHERE d.datname = $1 AND x.grantee <> d.datdba
  UNION ALL
  SELECT format('REVOKE %s ON DATABASE %I FROM PUBLIC', p.privilege, $2::text)
  FROM pg_database d CROSS JOIN (VALUES ('CONNECT'), ('TEMPORARY')) AS p (privilege)
  WHERE d.datname = $1 AND d.datacl IS NOT NULL
    AND NOT EXISTS (SELECT FROM aclexplode(d.datacl) x WHERE x.grantee = 0 AND x.privilege_type = p.privilege)
) AS needed`
