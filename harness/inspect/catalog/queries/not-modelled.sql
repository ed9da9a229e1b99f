-- What no other query of this folder knows: catalogs of a newer Postgres, and new sorts of relations, types and functions.
SELECT 'catalog', c.relname::text, 'definition', 'not modelled', 'behaviour'
FROM pg_class c
WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND NOT c.relisshared
  AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'oid')
  AND c.relname NOT IN ('pg_am', 'pg_amop', 'pg_amproc', 'pg_attrdef', 'pg_cast', 'pg_class', 'pg_collation', 'pg_constraint', 'pg_conversion',
    'pg_default_acl', 'pg_enum', 'pg_event_trigger', 'pg_extension', 'pg_foreign_data_wrapper', 'pg_foreign_server', 'pg_language',
    'pg_largeobject_metadata', 'pg_namespace', 'pg_opclass', 'pg_operator', 'pg_opfamily', 'pg_policy', 'pg_proc', 'pg_publication',
    'pg_publication_namespace', 'pg_publication_rel', 'pg_rewrite', 'pg_statistic_ext', 'pg_transform', 'pg_trigger', 'pg_ts_config',
    'pg_ts_dict', 'pg_ts_parser', 'pg_ts_template', 'pg_type', 'pg_user_mapping')
UNION ALL
SELECT 'relation', i.identity, 'definition', 'not modelled', 'behaviour'
FROM pg_class c, pg_identify_object('pg_class'::regclass, c.oid, 0) i
WHERE c.oid >= 16384 AND c.relkind NOT IN ('r', 'p', 'v', 'm', 'S', 'f', 'c', 'i', 'I', 't')
UNION ALL
SELECT 'type', i.identity, 'definition', 'not modelled', 'behaviour'
FROM pg_type t, pg_identify_object('pg_type'::regclass, t.oid, 0) i
WHERE t.oid >= 16384 AND t.typtype NOT IN ('b', 'c', 'd', 'e', 'm', 'p', 'r')
UNION ALL
SELECT 'function', i.identity, 'definition', 'not modelled', 'behaviour'
FROM pg_proc p, pg_identify_object('pg_proc'::regclass, p.oid, 0) i
WHERE p.oid >= 16384 AND p.prokind NOT IN ('a', 'f', 'p', 'w')
