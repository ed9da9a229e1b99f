-- Sequences and the column that owns them; the next value is computed from last_value by the caller.
SELECT s.schemaname AS "namespace", s.sequencename AS "name", s.data_type::text AS "type", s.increment_by::text AS "increment",
       CASE WHEN s.last_value IS NULL THEN s.start_value ELSE s.last_value + s.increment_by END::text AS "nextValue",
       tn.nspname AS "ownerNamespace", tc.relname AS "ownerTable", ta.attname AS "ownerColumn"
FROM pg_sequences s
JOIN pg_namespace n ON n.nspname = s.schemaname
JOIN pg_class c ON c.relname = s.sequencename AND c.relnamespace = n.oid
LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
LEFT JOIN pg_class tc ON tc.oid = d.refobjid
LEFT JOIN pg_namespace tn ON tn.oid = tc.relnamespace
LEFT JOIN pg_attribute ta ON ta.attrelid = d.refobjid AND ta.attnum = d.refobjsubid
ORDER BY s.schemaname COLLATE "C", s.sequencename COLLATE "C"
