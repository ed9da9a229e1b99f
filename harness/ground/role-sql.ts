/**
 * Fields of a `RoleDescription` for json_build_object, as SQL about the row `r` of pg_roles. Settings are those that hold in every
 * database.
 */
// PostgreSQL 16 made membership three options; before, `inherit` was the member's own and SET ROLE was always allowed.
export const roleFields = `
      'name', r.rolname,
      'superuser', r.rolsuper,
      'createrole', r.rolcreaterole,
      'createdb', r.rolcreatedb,
      'bypassrls', r.rolbypassrls,
      'inherit', r.rolinherit,
      'login', r.rolcanlogin,
      'replication', r.rolreplication,
      'memberOf', (
        SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
          'role', g.rolname, 'admin', m.admin,
          'inherit', m.inherit, 'set', m.set) ORDER BY g.oid), '[]'::pg_catalog.json)
          FROM (SELECT roleid, bool_or(admin_option) AS admin,
                       bool_or(coalesce((pg_catalog.to_jsonb(a)->>'inherit_option')::bool, r.rolinherit)) AS inherit,
                       bool_or(coalesce((pg_catalog.to_jsonb(a)->>'set_option')::bool, true)) AS set
                  FROM pg_catalog.pg_auth_members a WHERE a.member = r.oid GROUP BY roleid) m
          JOIN pg_catalog.pg_roles g ON g.oid = m.roleid),
      'settings', (
        SELECT coalesce(pg_catalog.json_agg(one ORDER BY one), '[]'::pg_catalog.json)
          FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) one
         WHERE s.setrole = r.oid AND s.setdatabase = 0)`
