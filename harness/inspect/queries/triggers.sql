-- Triggers a person made; those behind foreign keys are internal. A disabled trigger is a different trigger.
SELECT n.nspname AS "namespace", c.relname AS "table", g.tgname AS "name",
       pg_get_triggerdef(g.oid) || CASE g.tgenabled WHEN 'O' THEN '' ELSE ' [enabled: ' || g.tgenabled::text || ']' END AS "definition"
FROM pg_trigger g
JOIN pg_class c ON c.oid = g.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT g.tgisinternal AND n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", g.tgname COLLATE "C"
