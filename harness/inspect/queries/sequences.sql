-- Sequences with the columns that own them or take their values; their position is read from the sequence itself, because pg_sequences hides it
-- until the first value was handed out.
SELECT n.nspname AS "namespace", c.relname AS "name", format_type(s.seqtypid, NULL) AS "type", s.seqincrement::text AS "increment",
       CASE WHEN s.seqincrement > 0 THEN s.seqmax ELSE s.seqmin END::text AS "limit", c.relfilenode::text AS "file",
       -- A column's default depends on the sequence that it takes values of; a sequence of an identity depends on its column.
       (SELECT coalesce(json_agg(json_build_object('namespace', tn.nspname, 'name', tc.relname, 'column', ta.attname,
                 'type', format_type(ta.atttypid, NULL), 'owns', f.owns, 'feeds', f.feeds)
                 ORDER BY tn.nspname, tc.relname, ta.attname), '[]')
        FROM (SELECT relation, position, bool_or(owns) AS owns, bool_or(feeds) AS feeds
              FROM (SELECT d.refobjid AS relation, d.refobjsubid AS position, true AS owns, d.deptype = 'i' AS feeds
                    FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass
                      AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
                    UNION ALL
                    SELECT v.adrelid, v.adnum, false, true
                    FROM pg_depend d JOIN pg_attrdef v ON v.oid = d.objid
                    WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid) each
              GROUP BY relation, position) f
        JOIN pg_class tc ON tc.oid = f.relation
        JOIN pg_namespace tn ON tn.oid = tc.relnamespace
        JOIN pg_attribute ta ON ta.attrelid = f.relation AND ta.attnum = f.position) AS "columns"
FROM pg_sequence s
JOIN pg_class c ON c.oid = s.seqrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
