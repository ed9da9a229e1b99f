-- Who may do what. An object without a list of its own has its kind's default rights. Of what Postgres and extensions made, only
-- rights that differ from those they were made with are told. An owner's own rights are told only where some were taken away.
SELECT g.kind, g.name, 'grant ' || g.part || 'to ' || CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(x.grantee)::text END,
       string_agg(x.privilege_type || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END, ', ' ORDER BY x.privilege_type),
       'environment'
FROM granted g, aclexplode(g.acl) x
WHERE x.grantee <> g.owner OR g.letter = 'c'
GROUP BY g.kind, g.name, g.part, x.grantee
UNION ALL
SELECT g.kind, g.name, 'rights of the owner', coalesce(nullif(o.rights, ''), 'none'), 'environment'
FROM granted g, LATERAL (
  SELECT string_agg(d.privilege_type, ', ' ORDER BY d.privilege_type) AS full,
         string_agg(x.privilege_type, ', ' ORDER BY d.privilege_type) AS rights
  FROM aclexplode(acldefault(g.letter, g.owner)) d
  LEFT JOIN aclexplode(g.acl) x ON x.grantee = g.owner AND x.privilege_type = d.privilege_type
  WHERE d.grantee = g.owner) o
WHERE o.full IS NOT NULL AND o.rights IS DISTINCT FROM o.full
UNION ALL
SELECT 'default privileges', 'of ' || pg_get_userbyid(d.defaclrole) || coalesce(' in schema ' || n.nspname, '') || ' on '
         || CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types'
              WHEN 'n' THEN 'schemas' ELSE 'large objects' END,
       'definition', coalesce((
         SELECT string_agg(CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(x.grantee)::text END || ': ' || x.privilege_type
           || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END, ', ' ORDER BY x.grantee <> 0, pg_get_userbyid(x.grantee), x.privilege_type)
         FROM aclexplode(d.defaclacl) x), 'none'), 'environment'
FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
