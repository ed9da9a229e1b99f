-- Namespaces, extensions and what is set for the whole database. A setting of one's own may hold a secret, so its value is digested.
SELECT 'schema', n.nspname::text, p.property, p.definition, p.effect
FROM pg_namespace n,
LATERAL (VALUES ('owner', pg_get_userbyid(n.nspowner)::text, 'environment'), ('definition', 'schema', 'behaviour')) AS p (property, definition, effect)
WHERE (n.oid >= 16384 OR n.nspname = 'public') AND n.nspname !~ '^pg_(toast_)?temp'
  AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_namespace'::regclass AND m.objid = n.oid)
UNION ALL
SELECT 'extension', e.extname::text, p.property, p.definition, p.effect
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace,
LATERAL (VALUES ('owner', pg_get_userbyid(e.extowner)::text, 'environment'), ('schema', n.nspname::text, 'behaviour')) AS p (property, definition, effect)
WHERE e.oid >= 16384
UNION ALL
SELECT 'database', '', 'owner', pg_get_userbyid(datdba)::text, 'environment' FROM pg_database WHERE datname = current_database()
UNION ALL
SELECT 'database', '', 'setting ' || split_part(s.entry, '=', 1) || CASE WHEN d.setrole = 0 THEN '' ELSE ' of role ' || pg_get_userbyid(d.setrole) END,
       CASE WHEN split_part(s.entry, '=', 1) LIKE '%.%' THEN 'digest ' || left(md5(s.entry), 8) ELSE substr(s.entry, strpos(s.entry, '=') + 1) END,
       'environment'
FROM pg_db_role_setting d, unnest(d.setconfig) AS s (entry)
WHERE d.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
UNION ALL
SELECT 'large objects', '', 'definition',
       count(*) || ' large objects, owners and rights digest ' || left(md5(string_agg(concat_ws(' ', oid, lomowner, lomacl), ';' ORDER BY oid)), 8), 'environment'
FROM pg_largeobject_metadata HAVING count(*) > 0
