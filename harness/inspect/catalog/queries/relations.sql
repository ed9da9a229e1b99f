-- Tables, views and foreign tables: owner, options, place, partitions and inheritance.
SELECT r.kind, r.name, 'owner', pg_get_userbyid(r.relowner)::text, 'environment'
FROM relation r
WHERE r.relkind <> 'S' OR NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid
  AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)
UNION ALL
SELECT r.kind, r.name, 'forced row security', 'on', 'behaviour' FROM relation r WHERE r.relforcerowsecurity
UNION ALL
SELECT r.kind, r.name, 'replica identity',
       CASE r.relreplident WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' WHEN 'i' THEN coalesce('index ' || (
         SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = r.oid AND x.indisreplident),
         'an index that is gone') ELSE 'default' END, 'behaviour'
FROM relation r WHERE r.relkind IN ('r', 'p', 'm')
UNION ALL
SELECT r.kind, r.name, CASE r.kind WHEN 'view' THEN 'option ' ELSE 'storage option ' END || o.option_name, o.option_value,
       CASE WHEN r.relkind = 'v' OR o.option_name = 'user_catalog_table' THEN 'behaviour' ELSE 'operation' END
FROM relation r, pg_options_to_table(r.reloptions) o
UNION ALL
SELECT r.kind, r.name, 'storage option toast.' || o.option_name, o.option_value, 'operation'
FROM relation r JOIN pg_class t ON t.oid = r.reltoastrelid, pg_options_to_table(t.reloptions) o
UNION ALL
SELECT r.kind, r.name, 'tablespace', s.spcname::text, 'operation' FROM relation r JOIN pg_tablespace s ON s.oid = r.reltablespace
UNION ALL
SELECT r.kind, r.name, 'access method', m.amname::text, 'operation'
FROM relation r JOIN pg_am m ON m.oid = r.relam WHERE m.amname <> 'heap'
UNION ALL
SELECT r.kind, r.name, 'row type', format_type(r.reloftype, NULL), 'behaviour' FROM relation r WHERE r.reloftype <> 0
UNION ALL
SELECT r.kind, r.name, 'populated', CASE WHEN r.relispopulated THEN 'yes' ELSE 'no' END, 'behaviour'
FROM relation r WHERE r.relkind = 'm'
UNION ALL
SELECT r.kind, r.name, 'partitioned by', pg_get_partkeydef(r.oid), 'behaviour' FROM relation r WHERE r.relkind = 'p'
UNION ALL
SELECT r.kind, r.name, CASE WHEN r.relispartition THEN 'partition' ELSE 'inheritance' END || ' of ' || h.inhparent::regclass::text,
       coalesce(pg_get_expr(r.relpartbound, r.oid), 'inherits') || CASE WHEN h.inhdetachpending THEN ' [detach pending]' ELSE '' END,
       'behaviour'
FROM relation r JOIN pg_inherits h ON h.inhrelid = r.oid
UNION ALL
SELECT r.kind, r.name, 'definition',
       'server ' || s.srvname || ' (' || coalesce((
         SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
           || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''), ', ' ORDER BY a.attnum)
         FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')', 'behaviour'
FROM relation r JOIN pg_foreign_table f ON f.ftrelid = r.oid JOIN pg_foreign_server s ON s.oid = f.ftserver
UNION ALL
SELECT r.kind, r.name, 'option ' || o.option_name, 'digest ' || left(md5(o.option_value), 8), 'behaviour'
FROM relation r JOIN pg_foreign_table f ON f.ftrelid = r.oid, pg_options_to_table(f.ftoptions) o
UNION ALL
SELECT r.kind, r.name, 'range',
       format('start %s, from %s to %s, cache %s%s%s', s.seqstart, s.seqmin, s.seqmax, s.seqcache,
         CASE WHEN s.seqcycle THEN ', cycles' ELSE '' END, CASE r.relpersistence WHEN 'u' THEN ', unlogged' ELSE '' END), 'behaviour'
FROM pg_sequence s JOIN relation r ON r.oid = s.seqrelid
