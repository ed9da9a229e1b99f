-- Comments and security labels, each told of the object that a person would name.
SELECT coalesce(r.kind, f.kind, t.kind, CASE i.type WHEN 'foreign table column' THEN 'foreign table' ELSE i.type END),
       coalesce(r.name, f.name, t.name, i.name, i.identity),
       c.what || CASE
         WHEN c.objsubid <> 0 THEN ' of column ' || (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.objoid AND a.attnum = c.objsubid)
         WHEN r.oid IS NOT NULL AND r.oid <> c.objoid THEN ' of ' || coalesce(p.part, i.type || ' ' || coalesce(i.name, i.identity)) ELSE '' END,
       c.text, c.effect
FROM (
  SELECT classoid, objoid, objsubid, 'comment' AS what, description AS text, 'operation' AS effect FROM pg_description
  UNION ALL
  SELECT classoid, objoid, objsubid, 'security label by ' || provider, label, 'environment' FROM pg_seclabel
) c
LEFT JOIN LATERAL (
  SELECT conrelid AS relid, 'constraint ' || conname AS part FROM pg_constraint WHERE c.classoid = 'pg_constraint'::regclass AND oid = c.objoid AND conrelid <> 0
  UNION ALL SELECT tgrelid, 'trigger ' || tgname FROM pg_trigger WHERE c.classoid = 'pg_trigger'::regclass AND oid = c.objoid
  UNION ALL SELECT polrelid, 'policy ' || polname FROM pg_policy WHERE c.classoid = 'pg_policy'::regclass AND oid = c.objoid
  UNION ALL SELECT ev_class, 'rule ' || rulename FROM pg_rewrite WHERE c.classoid = 'pg_rewrite'::regclass AND oid = c.objoid
  UNION ALL SELECT stxrelid, 'statistics ' || stxname FROM pg_statistic_ext WHERE c.classoid = 'pg_statistic_ext'::regclass AND oid = c.objoid
  UNION ALL SELECT indrelid, 'index ' || relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE c.classoid = 'pg_class'::regclass AND indexrelid = c.objoid
) p ON true
LEFT JOIN relation r ON r.oid = coalesce(p.relid, CASE WHEN c.classoid = 'pg_class'::regclass THEN c.objoid END)
LEFT JOIN routine f ON c.classoid = 'pg_proc'::regclass AND f.oid = c.objoid
LEFT JOIN type t ON (c.classoid = 'pg_type'::regclass AND t.oid = c.objoid) OR (c.classoid = 'pg_class'::regclass AND t.typrelid = c.objoid)
LEFT JOIN LATERAL pg_identify_object(c.classoid, c.objoid, 0) i ON true
WHERE (c.objoid >= 16384 OR (c.classoid = 'pg_namespace'::regclass AND c.objoid = 'public'::regnamespace))
  AND NOT EXISTS (SELECT FROM member e WHERE e.classid = c.classoid AND e.objid = c.objoid)
