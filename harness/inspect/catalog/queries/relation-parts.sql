-- What stands on a relation and the typed parts of the model leave out: rules, indexes of materialised views, whether keys are
-- enforced, statistics, how columns are stored.
SELECT r.kind, r.name, 'rule ' || w.rulename,
       pg_get_ruledef(w.oid) || CASE w.ev_enabled WHEN 'O' THEN '' ELSE ' [enabled: ' || w.ev_enabled::text || ']' END, 'behaviour'
FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT r.kind, r.name, 'view query', CASE w.ev_enabled WHEN 'O' THEN 'enabled' ELSE 'enabled: ' || w.ev_enabled::text END, 'behaviour'
FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class WHERE w.rulename = '_RETURN' AND w.ev_enabled <> 'O'
UNION ALL
SELECT r.kind, r.name, 'trigger ' || g.tgname,
       pg_get_triggerdef(g.oid) || CASE g.tgenabled WHEN 'O' THEN '' ELSE ' [enabled: ' || g.tgenabled::text || ']' END, 'behaviour'
FROM pg_trigger g JOIN relation r ON r.oid = g.tgrelid WHERE NOT g.tgisinternal AND r.kind <> 'table'
UNION ALL
SELECT r.kind, r.name, 'enforcement of ' || k.conname || CASE WHEN k.conrelid = r.oid THEN '' ELSE ' from ' || k.conrelid::regclass::text END,
       'on replicas too', 'behaviour'
FROM pg_trigger g JOIN relation r ON r.oid = g.tgrelid JOIN pg_constraint k ON k.oid = g.tgconstraint
WHERE g.tgisinternal AND g.tgenabled = 'A' GROUP BY r.kind, r.name, r.oid, k.conname, k.conrelid
UNION ALL
SELECT r.kind, r.name, 'index ' || i.relname, pg_get_indexdef(x.indexrelid) || CASE WHEN x.indisvalid AND x.indisready THEN '' ELSE ' [invalid]' END,
       'behaviour'
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN relation r ON r.oid = x.indrelid WHERE r.relkind = 'm'
UNION ALL
SELECT r.kind, r.name, 'cluster mark', i.relname::text, 'operation'
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN relation r ON r.oid = x.indrelid WHERE x.indisclustered
UNION ALL
SELECT r.kind, r.name, 'tablespace of index ' || i.relname, s.spcname::text, 'operation'
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN relation r ON r.oid = x.indrelid JOIN pg_tablespace s ON s.oid = i.reltablespace
UNION ALL
SELECT r.kind, r.name, 'index ' || i.relname || ' is part of', h.inhparent::regclass::text, 'behaviour'
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN relation r ON r.oid = x.indrelid JOIN pg_inherits h ON h.inhrelid = i.oid
UNION ALL
SELECT r.kind, r.name, 'statistics target of index ' || i.relname || ' key ' || a.attnum, a.attstattarget::text, 'operation'
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN relation r ON r.oid = x.indrelid JOIN pg_attribute a ON a.attrelid = i.oid
WHERE a.attstattarget >= 0
UNION ALL
SELECT r.kind, r.name, 'statistics ' || s.stxname,
       pg_get_statisticsobjdef(s.oid) || CASE WHEN s.stxstattarget >= 0 THEN ' [target ' || s.stxstattarget || ']' ELSE '' END, 'operation'
FROM pg_statistic_ext s JOIN relation r ON r.oid = s.stxrelid
UNION ALL
SELECT r.kind, r.name, CASE k.contype WHEN 'n' THEN 'not-null constraint ' ELSE 'constraint ' END || k.conname, pg_get_constraintdef(k.oid),
       'behaviour'
FROM pg_constraint k JOIN relation r ON r.oid = k.conrelid
WHERE (r.relkind = 'f' AND k.contype <> 'n') OR (k.contype = 'n' AND NOT k.convalidated)
UNION ALL
SELECT r.kind, r.name, 'default of column ' || a.attname, pg_get_expr(d.adbin, d.adrelid), 'behaviour'
FROM pg_attrdef d JOIN relation r ON r.oid = d.adrelid JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE r.relkind = 'v'
UNION ALL
SELECT r.kind, r.name, p.property || ' of column ' || a.attname, p.definition, p.effect
FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type t ON t.oid = a.atttypid,
LATERAL (VALUES
  ('storage', CASE WHEN a.attstorage <> t.typstorage THEN
     CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END END, 'operation'),
  ('compression', nullif(a.attcompression::text, ''), 'operation'),
  ('statistics target', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::text END, 'operation'),
  -- From 17.12 on Postgres counts versions of a column among its options.
  ('options', nullif(ARRAY(SELECT o FROM unnest(a.attoptions) o WHERE o NOT LIKE 'pg_attver=%')::text, '{}'), 'operation'),
  ('inheritance', CASE WHEN a.attinhcount > 0 AND a.attislocal AND NOT r.relispartition THEN 'inherited and local' END, 'behaviour'),
  ('foreign options', CASE WHEN a.attfdwoptions IS NOT NULL THEN 'digest ' || left(md5(a.attfdwoptions::text), 8) END, 'behaviour')
) AS p (property, definition, effect)
WHERE r.relkind <> 'S' AND p.definition IS NOT NULL
