/**
 * A condition that excludes objects of the system and of extensions, as SQL about the object `oid` of `catalog` in
 * namespace `n`.
 */
const ours = (catalog: string, oid: string) => `
  n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.${catalog}'::regclass
                     AND e.objid = ${oid} AND e.deptype = 'e')`

const join = (namespace: string) => `JOIN pg_catalog.pg_namespace n ON n.oid = ${namespace}`

/**
 * Each query returns objects as `catalog`, `oid`, `name` and the `sql` that makes them. search_path must be empty.
 */
const namespaces = `
  SELECT 'pg_namespace' AS catalog, n.oid, n.nspname::text AS name, format('CREATE SCHEMA %I;', n.nspname) AS sql
    FROM pg_catalog.pg_namespace n WHERE n.nspname <> 'public' AND ${ours('pg_namespace', 'n.oid')}`

const extensions = `
  SELECT 'pg_extension', x.oid, x.extname::text,
         format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I;', x.extname, n.nspname)
    FROM pg_catalog.pg_extension x ${join('x.extnamespace')} WHERE x.extname <> 'plpgsql'`

const enums = `
  SELECT 'pg_type', t.oid, t.typname::text, format('CREATE TYPE %I.%I AS ENUM (%s);', n.nspname, t.typname,
         (SELECT string_agg(quote_literal(v.enumlabel), ', ' ORDER BY v.enumsortorder) FROM pg_catalog.pg_enum v WHERE v.enumtypid = t.oid))
    FROM pg_catalog.pg_type t ${join('t.typnamespace')} WHERE t.typtype = 'e' AND ${ours('pg_type', 't.oid')}`

const domains = `
  SELECT 'pg_type', t.oid, t.typname::text,
         format('CREATE DOMAIN %I.%I AS %s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod))
         || CASE WHEN t.typcollation <> b.typcollation THEN format(' COLLATE %s', t.typcollation::regcollation) ELSE '' END
         || coalesce(' DEFAULT ' || t.typdefault, '') || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
         || coalesce((SELECT string_agg(format(' CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), '' ORDER BY k.conname)
                        FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '') || ';'
    FROM pg_catalog.pg_type t ${join('t.typnamespace')} JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
   WHERE t.typtype = 'd' AND ${ours('pg_type', 't.oid')}`

const composites = `
  SELECT 'pg_type', t.oid, t.typname::text, format('CREATE TYPE %I.%I AS (%s);', n.nspname, t.typname,
         (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum)
            FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))
    FROM pg_catalog.pg_type t ${join('t.typnamespace')} JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
   WHERE t.typtype = 'c' AND c.relkind = 'c' AND ${ours('pg_type', 't.oid')}`

const ranges = `
  SELECT 'pg_type', t.oid, t.typname::text, format('CREATE TYPE %I.%I AS RANGE (SUBTYPE = %s, MULTIRANGE_TYPE_NAME = %s);',
         n.nspname, t.typname, format_type(r.rngsubtype, NULL), r.rngmultitypid::regtype)
    FROM pg_catalog.pg_type t ${join('t.typnamespace')} JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
   WHERE t.typtype = 'r' AND r.rngcanonical = 0 AND ${ours('pg_type', 't.oid')}`

const functions = `
  SELECT 'pg_proc', p.oid, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', pg_get_functiondef(p.oid) || ';'
    FROM pg_catalog.pg_proc p ${join('p.pronamespace')} JOIN pg_catalog.pg_language l ON l.oid = p.prolang
   WHERE p.prokind IN ('f', 'p', 'w') AND l.lanname IN ('sql', 'plpgsql') AND ${ours('pg_proc', 'p.oid')}`

const sequenceOptions = `
  format('AS %s START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s', format_type(s.seqtypid, NULL),
         s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache) || CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END`

const identityOptions = `
  format('START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s', s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
         s.seqcache) || CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END`

const sequences = `
  SELECT 'pg_class', c.oid, c.relname::text, format('CREATE SEQUENCE %I.%I %s;', n.nspname, c.relname, ${sequenceOptions})
    FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid ${join('c.relnamespace')}
   WHERE ${ours('pg_class', 'c.oid')} AND NOT EXISTS (
           SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i')`

const columns = `
  SELECT string_agg(format(E'\\n    %I %s', a.attname, format_type(a.atttypid, a.atttypmod))
           || CASE WHEN a.attcollation <> ct.typcollation THEN format(' COLLATE %s', a.attcollation::regcollation) ELSE '' END
           || CASE WHEN a.attgenerated = 's' THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_get_expr(f.adbin, f.adrelid))
                   WHEN f.adbin IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(f.adbin, f.adrelid) ELSE '' END
           || CASE WHEN a.attidentity = '' THEN '' ELSE
                format(' GENERATED %s AS IDENTITY (%s)', CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END,
                  (SELECT ${identityOptions} FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid
                    WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
                      AND d.deptype = 'i')) END
           || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, ',' ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_type ct ON ct.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`

const checks = `
  SELECT string_agg(format(E',\\n    CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), '' ORDER BY k.conname COLLATE "C")
    FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c'`

const tables = `
  SELECT 'pg_class', c.oid, c.relname::text,
         CASE WHEN c.relispartition THEN
           format('CREATE TABLE %I.%I PARTITION OF %s %s', n.nspname, c.relname,
             (SELECT h.inhparent::regclass FROM pg_catalog.pg_inherits h WHERE h.inhrelid = c.oid), pg_get_expr(c.relpartbound, c.oid))
         ELSE
           format(E'CREATE %sTABLE %I.%I (%s%s\\n)', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END, n.nspname, c.relname,
             coalesce((${columns}), ''), coalesce((${checks}), ''))
         END
         || CASE WHEN c.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) ELSE '' END
         || coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '') || ';'
    FROM pg_catalog.pg_class c ${join('c.relnamespace')}
   WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND c.reloftype = 0 AND ${ours('pg_class', 'c.oid')}`

const views = `
  SELECT 'pg_class', c.oid, c.relname::text,
         format('CREATE %sVIEW %I.%I%s AS%s%s', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END, n.nspname, c.relname,
           coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', ''),
           E'\\n' || rtrim(pg_get_viewdef(c.oid), ';'), CASE c.relkind WHEN 'm' THEN E'\\n  WITH NO DATA;' ELSE ';' END)
    FROM pg_catalog.pg_class c ${join('c.relnamespace')} WHERE c.relkind IN ('v', 'm') AND ${ours('pg_class', 'c.oid')}`

/** Objects that are made before the rows, by rank. Their dependencies decide the order within the schema. */
export const BEFORE_ROWS = [
  namespaces,
  extensions,
  enums,
  domains,
  composites,
  ranges,
  functions,
  sequences,
  tables,
  views,
]

/**
 * Pairs of an object and another that it needs. Defaults, checks, row types and view queries count as the object they
 * belong to.
 */
export const DEPENDENCIES = `
  WITH edges AS (
    SELECT d.classid, d.objid, d.refclassid, d.refobjid FROM pg_catalog.pg_depend d
     WHERE d.deptype IN ('n', 'i') OR (d.deptype = 'a' AND NOT EXISTS (
             SELECT FROM pg_catalog.pg_class q WHERE q.oid = d.objid AND q.relkind = 'S' AND d.classid = 'pg_catalog.pg_class'::regclass))
  ), owner AS (
    SELECT 'pg_catalog.pg_attrdef'::regclass::oid AS classid, f.oid, 'pg_class' AS catalog, f.adrelid AS owned FROM pg_catalog.pg_attrdef f
    UNION ALL SELECT 'pg_catalog.pg_constraint'::regclass, k.oid, CASE WHEN k.contypid <> 0 THEN 'pg_type' ELSE 'pg_class' END,
                     CASE WHEN k.contypid <> 0 THEN k.contypid ELSE k.conrelid END
                FROM pg_catalog.pg_constraint k WHERE k.contype = 'c'
    UNION ALL SELECT 'pg_catalog.pg_rewrite'::regclass, w.oid, 'pg_class', w.ev_class FROM pg_catalog.pg_rewrite w
    UNION ALL SELECT 'pg_catalog.pg_type'::regclass, t.oid, CASE WHEN c.relkind = 'c' THEN 'pg_type' ELSE 'pg_class' END,
                     CASE WHEN c.relkind = 'c' THEN t.oid ELSE c.oid END
                FROM pg_catalog.pg_type t JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    UNION ALL SELECT 'pg_catalog.pg_type'::regclass, t.oid, CASE WHEN c.relkind <> 'c' THEN 'pg_class' ELSE 'pg_type' END,
                     CASE WHEN c.relkind <> 'c' THEN c.oid ELSE e.oid END
                FROM pg_catalog.pg_type t JOIN pg_catalog.pg_type e ON e.typarray = t.oid LEFT JOIN pg_catalog.pg_class c ON c.oid = e.typrelid
    UNION ALL SELECT 'pg_catalog.pg_class'::regclass, c.oid, 'pg_type', c.reltype FROM pg_catalog.pg_class c WHERE c.relkind = 'c'
  )
  SELECT DISTINCT coalesce(o.catalog, replace(d.classid::regclass::text, 'pg_catalog.', '')) AS catalog, coalesce(o.owned, d.objid)::int8::text AS oid,
         coalesce(r.catalog, replace(d.refclassid::regclass::text, 'pg_catalog.', '')) AS "needsCatalog", coalesce(r.owned, d.refobjid)::int8::text AS needs
    FROM edges d
    LEFT JOIN owner o ON o.classid = d.classid AND o.oid = d.objid
    LEFT JOIN owner r ON r.classid = d.refclassid AND r.oid = d.refobjid`

const table = (of: string) =>
  `(SELECT format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class c ${join('c.relnamespace')} WHERE c.oid = ${of})`
const inOurs = (of: string) =>
  `EXISTS (SELECT FROM pg_catalog.pg_class c ${join('c.relnamespace')} WHERE c.oid = ${of} AND ${ours('pg_class', 'c.oid')})`

/** Roles of the policy `p` as pg_dump lists them. */
const policyRoles =
  "array_to_string(ARRAY(SELECT quote_ident(r.rolname) FROM pg_catalog.pg_roles r WHERE r.oid = ANY (p.polroles)), ', ')"

/** Policies that are for roles, with their table and those roles, as they stand in SQL. */
export const POLICIES_FOR_ROLES = `
  SELECT quote_ident(p.polname) AS name, ${table('p.polrelid')} AS "table", ${policyRoles} AS roles,
         ARRAY(SELECT r.rolname::text FROM pg_catalog.pg_roles r WHERE r.oid = ANY (p.polroles)) AS names
    FROM pg_catalog.pg_policy p WHERE p.polroles <> '{0}' AND ${inOurs('p.polrelid')}`

/**
 * Statements that fill materialized views, those that others read first. `pg_dump --schema-only` leaves the views
 * without rows.
 */
export const REFRESHES = `
  WITH RECURSIVE reads(reader, read) AS (
    SELECT r.ev_class, d.refobjid FROM pg_catalog.pg_rewrite r
      JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
     WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid <> r.ev_class
  ), below(reader, read) AS (
    SELECT * FROM reads UNION SELECT b.reader, r.read FROM below b JOIN reads r ON r.reader = b.read
  ), views AS (
    SELECT format('REFRESH MATERIALIZED VIEW %I.%I;', n.nspname, c.relname) AS sql,
           (SELECT count(*) FROM below b JOIN pg_catalog.pg_class o ON o.oid = b.read AND o.relkind = 'm' WHERE b.reader = c.oid) AS depth
      FROM pg_catalog.pg_class c ${join('c.relnamespace')} WHERE c.relkind = 'm' AND c.relispopulated AND ${ours('pg_class', 'c.oid')}
  )
  SELECT string_agg(v.sql, E'\\n\\n' ORDER BY v.depth, v.sql COLLATE "C") AS sql FROM views v HAVING count(*) > 0`

/** Objects that are made after the rows, in this order. Each query returns `sql`, sorted by its bytes. */
export const AFTER_ROWS = [
  // Owners of sequences.
  `SELECT format('ALTER SEQUENCE %s OWNED BY %s.%I;', ${table('d.objid')}, ${table('d.refobjid')}, a.attname) AS sql
     FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid
     JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'a' AND d.refobjsubid > 0 AND ${inOurs('d.objid')}`,
  `SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s;', ${table('k.conrelid')}, k.conname, pg_get_constraintdef(k.oid)) AS sql
     FROM pg_catalog.pg_constraint k WHERE k.contype IN ('p', 'u', 'x') AND k.conparentid = 0 AND ${inOurs('k.conrelid')}`,
  REFRESHES,
  // An index of a partitioned table reaches its partitions, as theirs that belong to it are not listed.
  `SELECT regexp_replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') || ';' AS sql
     FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
    WHERE NOT x.relispartition AND ${inOurs('i.indrelid')}
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))`,
  `SELECT pg_get_statisticsobjdef(s.oid) || ';' AS sql FROM pg_catalog.pg_statistic_ext s WHERE ${inOurs('s.stxrelid')}`,
  `SELECT pg_get_triggerdef(g.oid) || ';' || CASE g.tgenabled WHEN 'D' THEN format(E'\\nALTER TABLE %s DISABLE TRIGGER %I;', ${table('g.tgrelid')}, g.tgname)
          WHEN 'R' THEN format(E'\\nALTER TABLE %s ENABLE REPLICA TRIGGER %I;', ${table('g.tgrelid')}, g.tgname)
          WHEN 'A' THEN format(E'\\nALTER TABLE %s ENABLE ALWAYS TRIGGER %I;', ${table('g.tgrelid')}, g.tgname) ELSE '' END AS sql
     FROM pg_catalog.pg_trigger g WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND ${inOurs('g.tgrelid')}`,
  `SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s;', ${table('k.conrelid')}, k.conname, pg_get_constraintdef(k.oid)) AS sql
     FROM pg_catalog.pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0 AND ${inOurs('k.conrelid')}`,
  `SELECT format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY;', n.nspname, c.relname)
          || CASE WHEN c.relforcerowsecurity THEN format(E'\\nALTER TABLE %I.%I FORCE ROW LEVEL SECURITY;', n.nspname, c.relname) ELSE '' END AS sql
     FROM pg_catalog.pg_class c ${join('c.relnamespace')} WHERE c.relrowsecurity AND ${ours('pg_class', 'c.oid')}`,
  `SELECT format('CREATE POLICY %I ON %s AS %s FOR %s', p.polname, ${table('p.polrelid')},
            CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
            CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END)
          || CASE WHEN p.polroles = '{0}' THEN '' ELSE ' TO ' || ${policyRoles} END
          || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
          || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') || ';' AS sql
     FROM pg_catalog.pg_policy p WHERE ${inOurs('p.polrelid')}`,
  `SELECT format('COMMENT ON %s %s IS %L;', CASE WHEN d.objsubid > 0 THEN 'COLUMN' ELSE 'TABLE' END,
            ${table('d.objoid')} || coalesce((SELECT format('.%I', a.attname) FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = d.objoid AND a.attnum = d.objsubid AND d.objsubid > 0), ''), d.description) AS sql
     FROM pg_catalog.pg_description d JOIN pg_catalog.pg_class r ON r.oid = d.objoid AND r.relkind IN ('r', 'p')
    WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND ${inOurs('d.objoid')}`,
]

const madeHere = (catalog: string, oid: string) => `
  ${oid} >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.${catalog}'::regclass
     AND e.objid = ${oid} AND e.deptype = 'e')`

/** Objects that none of these queries render, by name. A schema without them would be another one. */
export const UNSUPPORTED = [
  `SELECT 'function ' || p.proname AS name FROM pg_catalog.pg_proc p ${join('p.pronamespace')} JOIN pg_catalog.pg_language l ON l.oid = p.prolang
    WHERE NOT (p.prokind IN ('f', 'p', 'w') AND l.lanname IN ('sql', 'plpgsql')) AND ${madeHere('pg_proc', 'p.oid')} AND ${ours('pg_proc', 'p.oid')}
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i WHERE i.classid = 'pg_catalog.pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')`,
  `SELECT 'type ' || t.typname FROM pg_catalog.pg_type t ${join('t.typnamespace')} LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
    WHERE ((t.typtype = 'b' AND t.typelem = 0) OR r.rngcanonical <> 0) AND ${madeHere('pg_type', 't.oid')} AND ${ours('pg_type', 't.oid')}`,
  `SELECT 'foreign table ' || c.relname FROM pg_catalog.pg_class c ${join('c.relnamespace')} WHERE c.relkind = 'f' AND ${ours('pg_class', 'c.oid')}`,
  `SELECT 'typed table ' || c.relname FROM pg_catalog.pg_class c WHERE c.reloftype <> 0`,
  `SELECT 'inheritance of ' || h.inhrelid::regclass FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
    WHERE c.relkind = 'r' AND NOT c.relispartition`,
  `SELECT 'rule ' || w.rulename FROM pg_catalog.pg_rewrite w WHERE w.rulename <> '_RETURN' AND ${inOurs('w.ev_class')}`,
  `SELECT 'operator ' || o.oprname FROM pg_catalog.pg_operator o WHERE ${madeHere('pg_operator', 'o.oid')}`,
  `SELECT 'operator class ' || o.opcname FROM pg_catalog.pg_opclass o WHERE ${madeHere('pg_opclass', 'o.oid')}`,
  `SELECT 'cast to ' || k.casttarget::regtype FROM pg_catalog.pg_cast k WHERE ${madeHere('pg_cast', 'k.oid')}
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i WHERE i.classid = 'pg_catalog.pg_cast'::regclass AND i.objid = k.oid AND i.deptype = 'i')`,
  `SELECT 'collation ' || l.collname FROM pg_catalog.pg_collation l WHERE ${madeHere('pg_collation', 'l.oid')}`,
  `SELECT 'text search configuration ' || f.cfgname FROM pg_catalog.pg_ts_config f WHERE ${madeHere('pg_ts_config', 'f.oid')}`,
  `SELECT 'text search dictionary ' || f.dictname FROM pg_catalog.pg_ts_dict f WHERE ${madeHere('pg_ts_dict', 'f.oid')}`,
  `SELECT 'event trigger ' || g.evtname FROM pg_catalog.pg_event_trigger g WHERE ${madeHere('pg_event_trigger', 'g.oid')}`,
]
