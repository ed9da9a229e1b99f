-- Types other than enums, and what enums have besides values.
SELECT t.kind, t.name, 'owner', pg_get_userbyid(t.typowner)::text, 'environment' FROM type t
UNION ALL
SELECT t.kind, t.name, 'definition',
       format_type(t.typbasetype, t.typtypmod) || CASE WHEN t.typnotnull THEN ' not null' ELSE '' END
         || coalesce(' default ' || coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault), '')
         || CASE WHEN t.typcollation <> b.typcollation THEN ' collate ' || t.typcollation::regcollation::text ELSE '' END, 'behaviour'
FROM type t JOIN pg_type b ON b.oid = t.typbasetype WHERE t.typtype = 'd'
UNION ALL
SELECT t.kind, t.name, 'check ' || k.conname, pg_get_constraintdef(k.oid), 'behaviour'
FROM type t JOIN pg_constraint k ON k.contypid = t.oid WHERE k.contype = 'c'
UNION ALL
SELECT t.kind, t.name, 'definition',
       'composite (' || coalesce((
         SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
           || CASE WHEN a.attcollation <> c.typcollation THEN ' collate ' || a.attcollation::regcollation::text ELSE '' END, ', ' ORDER BY a.attnum)
         FROM pg_attribute a JOIN pg_type c ON c.oid = a.atttypid
         WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')', 'behaviour'
FROM type t WHERE t.typtype = 'c'
UNION ALL
SELECT t.kind, t.name, 'definition',
       concat_ws(', ', 'range of ' || format_type(r.rngsubtype, NULL), 'multirange ' || format_type(r.rngmultitypid, NULL),
         'operator class ' || (SELECT o.opcname FROM pg_opclass o WHERE o.oid = r.rngsubopc),
         'collation ' || nullif(r.rngcollation, 0)::regcollation::text, 'canonical ' || nullif(r.rngcanonical, 0)::regproc::text,
         'difference ' || nullif(r.rngsubdiff, 0)::regproc::text), 'behaviour'
FROM type t JOIN pg_range r ON r.rngtypid = t.oid
UNION ALL
SELECT t.kind, t.name, 'definition',
       concat_ws(', ', CASE WHEN t.typisdefined THEN 'base type' ELSE 'shell' END, 'input ' || t.typinput::text, 'output ' || t.typoutput::text,
         'receive ' || t.typreceive::text, 'send ' || t.typsend::text, 'modifier ' || t.typmodin::text, 'length ' || t.typlen,
         'alignment ' || t.typalign::text, 'storage ' || t.typstorage::text, 'category ' || t.typcategory::text,
         'default ' || t.typdefault, CASE WHEN t.typbyval THEN 'by value' END, CASE WHEN t.typispreferred THEN 'preferred' END), 'behaviour'
FROM type t WHERE t.typtype IN ('b', 'p')
