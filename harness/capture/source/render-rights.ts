import type pg from 'pg'
import { isPlainSetting } from './fetch-roles.ts'

/**
 * Renders a source's owners, rights, default privileges and settings of roles from its catalogs, as SQL for a superuser. The session's
 * search_path must be empty.
 * @param names of roles in the snapshot, by those in the source
 */
export async function renderRights(
  client: pg.ClientBase,
  names: ReadonlyMap<string, string>,
  knowsProduction: boolean,
): Promise<string> {
  // What the superuser of the source owns stays with whoever loads it. The database of a restored dump is ours, and so is its login.
  const { rows } = await client.query<{ sql: string }>(RIGHTS, [
    JSON.stringify(Object.fromEntries(names)),
    knowsProduction,
  ])
  return rows.map(({ sql }) => `${sql}\n`).join('\n')
}

const isExtended = (catalog: string, oid: string) => `
  EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = ${catalog} AND e.objid = ${oid} AND e.deptype = 'e')`

const isOurs = (namespace: string, catalog: string, oid: string) => `
  EXISTS (SELECT FROM pg_catalog.pg_namespace own WHERE own.oid = ${namespace} AND own.nspname <> 'information_schema' AND own.nspname !~ '^pg_')
  AND NOT ${isExtended(`'pg_catalog.${catalog}'::regclass`, oid)}`

/** Rows of this have `object` as GRANT writes it, `part` in parentheses behind each right, and the rights that such an object has from the start. */
const OBJECTS = `
  SELECT 'ON ' || CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || c.oid::regclass AS object, '' AS part, '' AS before, '' AS call,
         c.relowner AS owner, c.relacl AS acl, pg_catalog.acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner) AS base
    FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${isOurs('c.relnamespace', 'pg_class', 'c.oid')}
  UNION ALL
  SELECT 'ON TABLE ' || c.oid::regclass, pg_catalog.format(' (%I)', a.attname), '', '', c.relowner, a.attacl, NULL
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
   WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND ${isOurs('c.relnamespace', 'pg_class', 'c.oid')}
  UNION ALL
  SELECT 'ON ROUTINE ' || p.oid::regprocedure, '', '', '', p.proowner, p.proacl, pg_catalog.acldefault('f', p.proowner)
    FROM pg_catalog.pg_proc p WHERE p.proacl IS NOT NULL AND ${isOurs('p.pronamespace', 'pg_proc', 'p.oid')}
  UNION ALL
  SELECT 'ON TYPE ' || t.oid::regtype, '', '', '', t.typowner, t.typacl, pg_catalog.acldefault('T', t.typowner)
    FROM pg_catalog.pg_type t WHERE t.typacl IS NOT NULL AND ${isOurs('t.typnamespace', 'pg_type', 't.oid')}
  UNION ALL
  SELECT pg_catalog.format('ON SCHEMA %I', n.nspname), '', '', '', n.nspowner, n.nspacl,
         pg_catalog.acldefault('n', n.nspowner)
           || CASE n.nspname WHEN 'public' THEN ARRAY[pg_catalog.makeaclitem(0, n.nspowner, 'USAGE', false)] ELSE '{}' END
    FROM pg_catalog.pg_namespace n WHERE ${isOurs('n.oid', 'pg_namespace', 'n.oid')}
  UNION ALL
  SELECT pg_catalog.format('ON LANGUAGE %I', l.lanname), '', '', '', l.lanowner, l.lanacl, pg_catalog.acldefault('l', l.lanowner)
    FROM pg_catalog.pg_language l WHERE l.lanacl IS NOT NULL AND l.lanpltrusted AND NOT ${isExtended(`'pg_catalog.pg_language'::regclass`, 'l.oid')}
  UNION ALL
  SELECT pg_catalog.format('ON FOREIGN SERVER %I', s.srvname), '', '', '', s.srvowner, s.srvacl, pg_catalog.acldefault('S', s.srvowner)
    FROM pg_catalog.pg_foreign_server s WHERE s.srvacl IS NOT NULL
  UNION ALL
  SELECT 'ON DATABASE', '', '', 'database', d.datdba, d.datacl, pg_catalog.acldefault('d', d.datdba)
    FROM pg_catalog.pg_database d WHERE $2 AND d.datacl IS NOT NULL AND d.datname = pg_catalog.current_database()
  UNION ALL
  SELECT 'ON ' || CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END,
         '', 'ALTER DEFAULT PRIVILEGES FOR ROLE ' || (SELECT m.name FROM role m WHERE m.oid = d.defaclrole)
             || coalesce(' IN SCHEMA ' || pg_catalog.quote_ident(n.nspname), '') || ' ', '', d.defaclrole, d.defaclacl,
         CASE d.defaclnamespace WHEN 0 THEN pg_catalog.acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole) END
    FROM pg_catalog.pg_default_acl d LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
   WHERE d.defaclobjtype IN ('r', 'S', 'f', 'T', 'n')`

// A sequence of a column and an array follow what they belong to. The database has another name where it is loaded.
const RIGHTS = `
  WITH role AS (
    SELECT oid, oid = 10 OR (NOT $2 AND rolname = session_user) AS loads,
           pg_catalog.quote_ident(coalesce($1::jsonb ->> rolname, rolname)) AS name FROM pg_catalog.pg_roles
    UNION ALL SELECT 0, false, 'PUBLIC'
  ), owned AS (
    SELECT pg_catalog.format('ALTER %s %s OWNER TO %s;', CASE d.classid
             WHEN 'pg_catalog.pg_proc'::regclass THEN 'ROUTINE' WHEN 'pg_catalog.pg_statistic_ext'::regclass THEN 'STATISTICS'
             WHEN 'pg_catalog.pg_foreign_data_wrapper'::regclass THEN 'FOREIGN DATA WRAPPER'
             ELSE CASE o.type WHEN 'composite type' THEN 'TYPE' ELSE pg_catalog.upper(o.type) END END, o.identity, r.name) AS sql
      FROM pg_catalog.pg_shdepend d CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classid, d.objid, 0) o
      JOIN role r ON r.oid = d.refobjid
     WHERE d.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
       AND d.refclassid = 'pg_catalog.pg_authid'::regclass AND d.deptype = 'o' AND NOT r.loads
       AND d.classid IN ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_type'::regclass,
             'pg_catalog.pg_namespace'::regclass, 'pg_catalog.pg_operator'::regclass, 'pg_catalog.pg_opclass'::regclass,
             'pg_catalog.pg_opfamily'::regclass, 'pg_catalog.pg_collation'::regclass, 'pg_catalog.pg_conversion'::regclass,
             'pg_catalog.pg_ts_dict'::regclass, 'pg_catalog.pg_ts_config'::regclass, 'pg_catalog.pg_statistic_ext'::regclass,
             'pg_catalog.pg_foreign_server'::regclass, 'pg_catalog.pg_foreign_data_wrapper'::regclass, 'pg_catalog.pg_language'::regclass)
       AND coalesce(o.schema, '') !~ '^pg_' AND NOT ${isExtended('d.classid', 'd.objid')}
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend s JOIN pg_catalog.pg_class q ON q.oid = s.objid AND q.relkind = 'S'
                        WHERE d.classid = 'pg_catalog.pg_class'::regclass AND s.classid = d.classid AND s.objid = d.objid
                          AND s.refclassid = d.classid AND s.deptype IN ('a', 'i'))
    UNION ALL
    SELECT 'ALTER SCHEMA public OWNER TO CURRENT_USER;'
      FROM pg_catalog.pg_namespace n JOIN role r ON r.oid = n.nspowner WHERE n.nspname = 'public' AND r.loads AND $2
  ), setting AS (
    SELECT r.name AS role, e.name, CASE e.name WHEN 'role' THEN coalesce($1::jsonb ->> e.value, e.value) ELSE e.value END AS value
      FROM pg_catalog.pg_db_role_setting s JOIN role r ON r.oid = s.setrole AND s.setrole <> 0, pg_catalog.unnest(s.setconfig) one
     CROSS JOIN LATERAL (SELECT pg_catalog.split_part(one, '=', 1), pg_catalog.substr(one, pg_catalog.strpos(one, '=') + 1)) AS e (name, value)
     WHERE $2 AND s.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
       AND (SELECT rolname FROM pg_catalog.pg_roles WHERE oid = s.setrole) IN (
             SELECT pg_catalog.jsonb_object_keys($1::jsonb))
  ), object AS (${OBJECTS}
  ), has AS (
    SELECT o.object, o.part, o.before, o.call, o.owner, x.grantee, x.privilege_type AS privilege, x.is_grantable AS grantable,
           CASE WHEN g.loads THEN o.owner ELSE x.grantor END AS grantor
      FROM object o, pg_catalog.aclexplode(o.acl) x JOIN role g ON g.oid = x.grantor
  ), base AS (
    SELECT o.object, o.part, o.before, o.call, o.owner, x.grantee, x.privilege_type AS privilege
      FROM object o, pg_catalog.aclexplode(o.base) x WHERE o.acl IS NOT NULL
  ), change AS (
    SELECT 1 AS turn, b.object, b.before, b.call, b.owner, b.grantee, b.owner AS grantor, false AS grantable, 'REVOKE' AS verb,
           pg_catalog.string_agg(b.privilege || b.part, ', ' ORDER BY b.privilege COLLATE "C") AS privileges
      FROM base b
     WHERE NOT EXISTS (SELECT FROM has h WHERE h.object = b.object AND h.part = b.part AND h.before = b.before AND h.grantee = b.grantee AND h.privilege = b.privilege)
     GROUP BY b.object, b.before, b.call, b.owner, b.grantee
    UNION ALL
    SELECT CASE WHEN h.grantor = h.owner THEN 2 ELSE 3 END, h.object, h.before, h.call, h.owner, h.grantee, h.grantor, h.grantable, 'GRANT',
           pg_catalog.string_agg(h.privilege || h.part, ', ' ORDER BY h.part COLLATE "C", h.privilege COLLATE "C")
      FROM has h
     WHERE h.grantor <> h.owner OR h.grantable OR NOT EXISTS (
             SELECT FROM base b WHERE b.object = h.object AND b.part = h.part AND b.before = h.before AND b.grantee = h.grantee AND b.privilege = h.privilege)
     GROUP BY h.object, h.before, h.call, h.owner, h.grantee, h.grantor, h.grantable
  ), said AS (
    SELECT c.turn, c.before, c.call, CASE WHEN c.grantor <> c.owner THEN g.name END AS speaker,
           pg_catalog.format('%s%s %s %s', c.before, c.verb, c.privileges, c.object) AS what,
           pg_catalog.format(' %s %s%s', CASE c.verb WHEN 'GRANT' THEN 'TO' ELSE 'FROM' END, e.name,
             CASE WHEN c.grantable AND c.verb = 'GRANT' THEN ' WITH GRANT OPTION' ELSE '' END) AS whom
      FROM change c JOIN role e ON e.oid = c.grantee JOIN role g ON g.oid = c.grantor
     WHERE NOT e.loads
  )
  SELECT sql FROM (
    SELECT 0 AS turn, sql FROM owned
    UNION ALL
    SELECT 9, pg_catalog.format(E'DO $rights$ BEGIN EXECUTE pg_catalog.format(%L, pg_catalog.current_database()); END $rights$;',
             pg_catalog.format('ALTER ROLE %s IN DATABASE %%I SET %I TO ', pg_catalog.replace(role, '%', '%%'), name)
             || pg_catalog.replace(CASE WHEN name = 'search_path' AND value <> '' THEN value ELSE pg_catalog.quote_literal(value) END, '%', '%%'))
      FROM setting WHERE name = 'role' OR name IN (SELECT name FROM pg_catalog.pg_settings WHERE ${isPlainSetting})
    UNION ALL
    SELECT CASE WHEN before <> '' THEN turn + 10 ELSE turn END,
           CASE WHEN speaker IS NULL THEN '' ELSE pg_catalog.format(E'SET SESSION AUTHORIZATION %s;\\n', speaker) END
           || CASE call WHEN '' THEN what || whom || ';'
                ELSE pg_catalog.format(E'DO $rights$ BEGIN EXECUTE pg_catalog.format(%L, pg_catalog.current_database()); END $rights$;',
                       pg_catalog.replace(what, '%', '%%') || ' %I' || pg_catalog.replace(whom, '%', '%%')) END
           || CASE WHEN speaker IS NULL THEN '' ELSE E'\\nRESET SESSION AUTHORIZATION;' END
      FROM said
  ) AS statement ORDER BY turn, sql COLLATE "C"`
