-- Constraints of tables; NOT NULL is a property of the column and left out.
SELECT n.nspname AS "namespace",
       c.relname AS "table",
       k.conname AS "name",
       k.contype AS "kind",
       k.convalidated AS "validated",
       k.condeferrable AS "deferrable",
       k.condeferred AS "initiallyDeferred",
       k.contype = 'c' AND k.connoinherit AS "noInherit",
       ARRAY(SELECT DISTINCT tn.nspname || '.' || tc.relname FROM pg_trigger g
             JOIN pg_class tc ON tc.oid = g.tgrelid JOIN pg_namespace tn ON tn.oid = tc.relnamespace
             WHERE g.tgconstraint = k.oid AND g.tgisinternal AND g.tgenabled NOT IN ('O', 'A') ORDER BY 1) AS "disabledOn",
       pg_get_constraintdef(k.oid) AS "definition",
       ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(attnum, position)
             JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum ORDER BY u.position) AS "columns",
       CASE WHEN k.contype = 'f' THEN fn.nspname || '.' || fc.relname END AS "referencedTable",
       ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(attnum, position)
             JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum ORDER BY u.position) AS "referencedColumns",
       k.confdeltype AS "onDelete",
       k.confupdtype AS "onUpdate",
       k.confmatchtype AS "match",
       ARRAY(SELECT a.attname::text FROM unnest(k.confdelsetcols) WITH ORDINALITY u(attnum, position)
             JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum ORDER BY u.position) AS "setColumns",
       -- The key of a partition is counted with that of its parent; a key over a PERIOD has no equality to count by.
       CASE WHEN k.contype = 'f' AND k.conparentid = 0 AND pg_get_constraintdef(k.oid) !~ ', PERIOD ' THEN
         (SELECT format('FROM %s%I.%I c WHERE %s AND NOT EXISTS (SELECT FROM %s%I.%I p WHERE %s)',
                        CASE WHEN c.relkind = 'p' THEN '' ELSE 'ONLY ' END, n.nspname, c.relname,
                        CASE k.confmatchtype WHEN 'f' THEN '(' || string_agg(format('c.%I IS NOT NULL', ca.attname), ' OR ') || ')'
                        ELSE string_agg(format('c.%I IS NOT NULL', ca.attname), ' AND ') END,
                        CASE WHEN fc.relkind = 'p' THEN '' ELSE 'ONLY ' END, fn.nspname, fc.relname,
                        string_agg(format('p.%I%s OPERATOR(%I.%s) c.%I', pa.attname,
                          CASE WHEN pa.attcollation <> 0 THEN format(' COLLATE %I.%I', con.nspname, co.collname) ELSE '' END,
                          opn.nspname, op.oprname, ca.attname), ' AND '))
          FROM unnest(k.conkey, k.confkey, k.conpfeqop) AS u(child, parent, operator)
          JOIN pg_attribute ca ON ca.attrelid = k.conrelid AND ca.attnum = u.child
          JOIN pg_attribute pa ON pa.attrelid = k.confrelid AND pa.attnum = u.parent
          JOIN pg_operator op ON op.oid = u.operator JOIN pg_namespace opn ON opn.oid = op.oprnamespace
          LEFT JOIN pg_collation co ON co.oid = pa.attcollation LEFT JOIN pg_namespace con ON con.oid = co.collnamespace)
       END AS "orphanSql"
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
