-- Indexes with their keys as Postgres prints them and the flags an unfinished CONCURRENTLY leaves behind.
SELECT n.nspname AS "namespace",
       t.relname AS "table",
       i.relname AS "name",
       m.amname AS "method",
       x.indisunique AS "unique",
       x.indisprimary AS "primary",
       x.indisvalid AS "valid",
       x.indisready AS "ready",
       x.indnullsnotdistinct AS "nullsNotDistinct",
       ARRAY(SELECT unnest(i.reloptions) ORDER BY 1) AS "parameters",
       pg_get_expr(x.indpred, x.indrelid) AS "where",
       pg_get_indexdef(x.indexrelid) AS "definition",
       ARRAY(SELECT CASE WHEN x.indkey[k - 1] = 0 THEN pg_get_indexdef(x.indexrelid, k, true) ELSE a.attname::text END
                    || CASE WHEN x.indcollation[k - 1] NOT IN (0, coalesce(a.attcollation, et.typcollation))
                       THEN ' COLLATE ' || quote_ident(co.collname) ELSE '' END
                    -- A domain has the operator classes of its base type; only what is not the type's default is told.
                    || CASE WHEN oc.opcdefault AND ia.attoptions IS NULL AND (oc.opcintype = coalesce(a.atttypid, ia.atttypid)
                         OR NOT EXISTS (SELECT FROM pg_opclass own WHERE own.opcmethod = oc.opcmethod AND own.opcdefault
                                        AND own.opcintype = coalesce(a.atttypid, ia.atttypid)))
                       THEN '' ELSE ' ' || quote_ident(oc.opcname)
                         || coalesce(' (' || array_to_string(ia.attoptions, ', ') || ')', '') END
                    || CASE WHEN x.indoption[k - 1] & 1 = 1 THEN ' DESC' ELSE '' END
                    || CASE x.indoption[k - 1] & 3 WHEN 2 THEN ' NULLS FIRST' WHEN 1 THEN ' NULLS LAST' ELSE '' END
             FROM generate_series(1, x.indnkeyatts) k
             JOIN pg_attribute ia ON ia.attrelid = x.indexrelid AND ia.attnum = k
             JOIN pg_type et ON et.oid = ia.atttypid
             JOIN pg_opclass oc ON oc.oid = x.indclass[k - 1]
             LEFT JOIN pg_collation co ON co.oid = x.indcollation[k - 1]
             LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[k - 1] AND a.attnum <> 0 ORDER BY k) AS "keys",
       ARRAY(SELECT CASE WHEN x.indkey[k - 1] = 0 THEN pg_get_indexdef(x.indexrelid, k, true) ELSE a.attname::text END
             FROM generate_series(1, x.indnkeyatts) k
             LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[k - 1] AND a.attnum <> 0 ORDER BY k) AS "bareKeys",
       ARRAY(SELECT a.attname::text FROM generate_series(x.indnkeyatts + 1, x.indnatts) k
             JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[k - 1] ORDER BY k) AS "include"
FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class t ON t.oid = x.indrelid
JOIN pg_am m ON m.oid = i.relam
JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE t.relkind IN ('r', 'p')
  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND n.nspname !~ '^pg_(toast|temp)'
ORDER BY n.nspname COLLATE "C", t.relname COLLATE "C", i.relname COLLATE "C"
