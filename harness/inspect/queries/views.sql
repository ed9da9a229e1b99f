-- Views and materialized views.
SELECT n.nspname || '.' || c.relname AS "name",
       CASE c.relkind WHEN 'm' THEN 'materialized ' ELSE '' END || 'view as ' || pg_get_viewdef(c.oid) AS "definition"
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
