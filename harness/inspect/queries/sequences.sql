-- Sequences and the column that owns them; their position is read from the sequence itself, because pg_sequences hides it
-- until the first value was handed out.
SELECT n.nspname AS "namespace", c.relname AS "name", format_type(s.seqtypid, NULL) AS "type", s.seqincrement::text AS "increment",
       CASE WHEN s.seqincrement > 0 THEN s.seqmax ELSE s.seqmin END::text AS "limit",
       tn.nspname AS "ownerNamespace", tc.relname AS "ownerTable", ta.attname AS "ownerColumn",
       ta.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) AS "ownerIsInteger"
FROM pg_sequence s
JOIN pg_class c ON c.oid = s.seqrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass
     AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
LEFT JOIN pg_class tc ON tc.oid = d.refobjid
LEFT JOIN pg_namespace tn ON tn.oid = tc.relnamespace
LEFT JOIN pg_attribute ta ON ta.attrelid = d.refobjid AND ta.attnum = d.refobjsubid
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
