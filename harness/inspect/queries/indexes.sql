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
       pg_get_expr(x.indpred, x.indrelid) AS "where",
       pg_get_indexdef(x.indexrelid) AS "definition",
       ARRAY(SELECT CASE WHEN x.indkey[k - 1] = 0 THEN pg_get_indexdef(x.indexrelid, k, true) ELSE a.attname::text END
                    || CASE WHEN x.indoption[k - 1] & 1 = 1 THEN ' DESC' ELSE '' END
                    || CASE x.indoption[k - 1] & 3 WHEN 2 THEN ' NULLS FIRST' WHEN 1 THEN ' NULLS LAST' ELSE '' END
             FROM generate_series(1, x.indnkeyatts) k
             LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[k - 1] ORDER BY k) AS "keys",
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
