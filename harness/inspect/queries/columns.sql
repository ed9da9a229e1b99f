-- Columns of ordinary and partitioned tables outside the system namespaces.
SELECT n.nspname AS "namespace",
       c.relname AS "table",
       c.relpersistence AS "persistence",
       c.relrowsecurity AS "rowSecurity",
       a.attname AS "name",
       format_type(a.atttypid, a.atttypmod) AS "type",
       NOT a.attnotnull AS "nullable",
       CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS "default",
       CASE
         WHEN a.attidentity = 'a' THEN 'identity-always'
         WHEN a.attidentity = 'd' THEN 'identity-by-default'
         WHEN a.attgenerated = 's' THEN 'stored: ' || pg_get_expr(d.adbin, d.adrelid)
         WHEN a.attgenerated = 'v' THEN 'virtual: ' || pg_get_expr(d.adbin, d.adrelid)
       END AS "generated",
       CASE WHEN a.attcollation <> t.typcollation THEN co.collname END AS "collation"
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
LEFT JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_collation co ON co.oid = a.attcollation
WHERE c.relkind IN ('r', 'p')
  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND n.nspname !~ '^pg_(toast|temp)'
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", a.attname COLLATE "C"
