-- Constraints of tables; NOT NULL is a property of the column and left out.
SELECT n.nspname AS "namespace",
       c.relname AS "table",
       k.conname AS "name",
       k.contype AS "kind",
       k.convalidated AS "validated",
       k.condeferrable AS "deferrable",
       pg_get_constraintdef(k.oid) AS "definition",
       ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(attnum, position)
             JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum ORDER BY u.position) AS "columns",
       CASE WHEN k.contype = 'f' THEN fn.nspname || '.' || fc.relname END AS "referencedTable",
       ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(attnum, position)
             JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum ORDER BY u.position) AS "referencedColumns",
       k.confdeltype AS "onDelete",
       k.confupdtype AS "onUpdate"
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class fc ON fc.oid = k.confrelid
LEFT JOIN pg_namespace fn ON fn.oid = fc.relnamespace
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x')
  AND c.relkind IN ('r', 'p')
  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND n.nspname !~ '^pg_(toast|temp)'
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", k.conname COLLATE "C"
