-- Tables with their columns and the best key of their rows; a partition is read with its root.
SELECT c.oid::int8::text AS "oid",
       n.nspname AS "namespace",
       c.relname AS "name",
       c.relkind = 'p' AS "isPartitioned",
       c.relispartition AS "isPartition",
       CASE WHEN c.relkind = 'p'
         THEN coalesce((SELECT sum(pg_relation_size(t.relid)) FROM pg_partition_tree(c.oid) t WHERE t.isleaf), 0)
         ELSE pg_relation_size(c.oid)
       END::float8 AS "sizeBytes",
       coalesce((SELECT json_agg(json_build_object('number', a.attnum, 'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
                                 ORDER BY a.attnum)
                 FROM pg_attribute a
                 WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]'::json) AS "columns",
       coalesce(p."parts", '[]'::json) AS "parts",
       coalesce((SELECT array_to_json(i.indkey[0:i.indnkeyatts - 1]::int[])
                 FROM pg_index i
                 WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
                   AND NOT 0 = ANY (i.indkey[0:i.indnkeyatts - 1])
                   AND NOT EXISTS (SELECT FROM pg_attribute a
                                   WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1]) AND NOT a.attnotnull)
                 ORDER BY NOT i.indisprimary, i.indnkeyatts, i.indexrelid
                 LIMIT 1), '[]'::json) AS "key"
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN (SELECT relation, json_agg(json_build_object('what', what, 'oid', oid::int8::text, 'name', name) ORDER BY what, oid) AS "parts"
           FROM (SELECT i.indrelid AS relation, 'index' AS what, ic.oid, ic.relname AS name
                 FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid
                 WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
                 UNION ALL SELECT k.conrelid, 'constraint', k.oid, k.conname FROM pg_constraint k WHERE k.contype IN ('p', 'u', 'x', 'f', 'c')
                 UNION ALL SELECT g.tgrelid, 'trigger', g.oid, g.tgname FROM pg_trigger g WHERE NOT g.tgisinternal
                 UNION ALL SELECT o.polrelid, 'policy', o.oid, o.polname FROM pg_policy o) part
           WHERE relation >= 16384
           GROUP BY relation) p ON p.relation = c.oid
WHERE c.relkind IN ('r', 'p')
  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND n.nspname !~ '^pg_(toast|temp)'
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
