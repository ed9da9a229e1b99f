-- Views and materialized views.
SELECT n.nspname || '.' || c.relname AS "name",
       CASE c.relkind WHEN 'm' THEN 'materialized ' ELSE '' END || 'view as ' || pg_get_viewdef(c.oid) AS "definition"
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
