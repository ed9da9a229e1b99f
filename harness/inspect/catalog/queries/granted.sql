, granted AS MATERIALIZED (
  SELECT kind, name, '' AS part, coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)) AS acl, relowner AS owner,
         CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS letter
  FROM relation
  UNION ALL
  SELECT r.kind, r.name, 'of column ' || a.attname || ' ', a.attacl, r.relowner, 'c'::"char"
  FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid WHERE a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT kind, name, '', coalesce(proacl, acldefault('f', proowner)), proowner, 'f' FROM routine
  UNION ALL
  SELECT kind, name, '', coalesce(typacl, acldefault('T', typowner)), typowner, 'T' FROM type
  UNION ALL
  SELECT 'schema', nspname::text, '', coalesce(nspacl, acldefault('n', nspowner)), nspowner, 'n'
  FROM pg_namespace n WHERE (oid >= 16384 OR nspname = 'public') AND nspname !~ '^pg_(toast_)?temp'
    AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_namespace'::regclass AND m.objid = n.oid)
  UNION ALL
  SELECT 'database', '', '', coalesce(datacl, acldefault('d', datdba)), datdba, 'd' FROM pg_database WHERE datname = current_database()
  UNION ALL
  SELECT 'language', lanname::text, '', lanacl, lanowner, 'l' FROM pg_language WHERE lanacl IS NOT NULL
  UNION ALL
  SELECT 'foreign-data wrapper', fdwname::text, '', fdwacl, fdwowner, 'F' FROM pg_foreign_data_wrapper WHERE fdwacl IS NOT NULL
  UNION ALL
  SELECT 'server', srvname::text, '', srvacl, srvowner, 'S' FROM pg_foreign_server WHERE srvacl IS NOT NULL
  UNION ALL
  SELECT s.kind, s.name, '', s.acl, s.owner, s.letter
  FROM (
    SELECT 'pg_class'::regclass AS classid, c.oid, CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'view' WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind,
           n.nspname || '.' || c.relname AS name, c.relacl AS acl, c.relowner AS owner, CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS letter
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relacl IS NOT NULL AND n.nspname !~ '^(pg_toast|pg_temp|information_schema)'
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, 'function', n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', p.proacl, p.proowner, 'f'
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.proacl IS NOT NULL
    UNION ALL
    SELECT 'pg_namespace'::regclass, n.oid, 'schema', n.nspname, n.nspacl, n.nspowner, 'n'
    FROM pg_namespace n WHERE n.nspacl IS NOT NULL AND n.nspname = 'pg_catalog'
  ) s
  LEFT JOIN pg_init_privs v ON v.classoid = s.classid AND v.objoid = s.oid AND v.objsubid = 0
  WHERE (s.oid < 16384 AND s.name <> 'public' OR EXISTS (SELECT FROM member m WHERE m.classid = s.classid AND m.objid = s.oid))
    AND s.acl IS DISTINCT FROM v.initprivs
)
