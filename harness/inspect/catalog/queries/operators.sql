-- Casts, operators with their classes and families, collations, conversions, languages, transforms, access methods.
SELECT 'cast', i.identity, 'definition',
       CASE c.castmethod WHEN 'f' THEN 'by ' || c.castfunc::regprocedure::text WHEN 'i' THEN 'by input and output' ELSE 'binary' END || ', '
         || CASE c.castcontext WHEN 'e' THEN 'explicit' WHEN 'a' THEN 'in assignments' ELSE 'implicit' END, 'behaviour'
FROM pg_cast c, pg_identify_object('pg_cast'::regclass, c.oid, 0) i
WHERE c.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_cast'::regclass AND m.objid = c.oid)
UNION ALL
SELECT 'operator', i.identity, p.property, p.definition, p.effect
FROM pg_operator o, pg_identify_object('pg_operator'::regclass, o.oid, 0) i,
LATERAL (VALUES
  ('owner', pg_get_userbyid(o.oprowner)::text, 'environment'),
  ('definition', concat_ws(', ', 'function ' || o.oprcode::text, 'commutator ' || nullif(o.oprcom, 0)::regoperator::text,
     'negator ' || nullif(o.oprnegate, 0)::regoperator::text, 'restriction ' || nullif(o.oprrest, 0)::text, 'join ' || nullif(o.oprjoin, 0)::text,
     CASE WHEN o.oprcanhash THEN 'hashes' END, CASE WHEN o.oprcanmerge THEN 'merges' END), 'behaviour')) AS p (property, definition, effect)
WHERE o.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_operator'::regclass AND m.objid = o.oid)
UNION ALL
SELECT 'operator class', i.identity, p.property, p.definition, p.effect
FROM pg_opclass o JOIN pg_opfamily f ON f.oid = o.opcfamily, pg_identify_object('pg_opclass'::regclass, o.oid, 0) i,
LATERAL (VALUES
  ('owner', pg_get_userbyid(o.opcowner)::text, 'environment'),
  ('definition', concat_ws(', ', 'for ' || format_type(o.opcintype, NULL), 'family ' || f.opfname, 'stores ' || format_type(nullif(o.opckeytype, 0), NULL),
     CASE WHEN o.opcdefault THEN 'default' END), 'behaviour')) AS p (property, definition, effect)
WHERE o.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_opclass'::regclass AND m.objid = o.oid)
UNION ALL
SELECT 'operator family', i.identity, p.property, p.definition, p.effect
FROM pg_opfamily f, pg_identify_object('pg_opfamily'::regclass, f.oid, 0) i,
LATERAL (VALUES
  ('owner', pg_get_userbyid(f.opfowner)::text, 'environment'),
  ('definition', 'operator family', 'behaviour')) AS p (property, definition, effect)
WHERE f.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_opfamily'::regclass AND m.objid = f.oid)
UNION ALL
SELECT 'operator family', i.identity, s.member, s.definition, 'behaviour'
FROM (
  SELECT amopfamily AS family, oid, 'operator ' || amopstrategy || ' (' || format_type(amoplefttype, NULL) || ', ' || format_type(amoprighttype, NULL) || ')' AS member,
         amopopr::regoperator::text || CASE amoppurpose WHEN 'o' THEN ' for ordering' ELSE '' END AS definition FROM pg_amop
  UNION ALL
  SELECT amprocfamily, oid, 'support function ' || amprocnum || ' (' || format_type(amproclefttype, NULL) || ', ' || format_type(amprocrighttype, NULL) || ')',
         amproc::regprocedure::text FROM pg_amproc
) s, pg_identify_object('pg_opfamily'::regclass, s.family, 0) i
WHERE s.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_opfamily'::regclass AND m.objid = s.family)
UNION ALL
SELECT 'collation', n.nspname || '.' || c.collname, p.property, p.definition, p.effect
FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace,
LATERAL (VALUES
  ('owner', pg_get_userbyid(c.collowner)::text, 'environment'),
  ('version', c.collversion, 'operation'),
  ('definition', (SELECT string_agg(substr(v.key, 5) || ' ' || v.value, ', ' ORDER BY v.key) FROM jsonb_each_text(to_jsonb(c)) v
     WHERE v.value IS NOT NULL AND v.key NOT IN ('oid', 'collname', 'collnamespace', 'collowner', 'collversion')), 'behaviour')) AS p (property, definition, effect)
WHERE c.oid >= 16384 AND p.definition IS NOT NULL
  AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_collation'::regclass AND m.objid = c.oid)
UNION ALL
SELECT 'conversion', n.nspname || '.' || c.conname, p.property, p.definition, p.effect
FROM pg_conversion c JOIN pg_namespace n ON n.oid = c.connamespace,
LATERAL (VALUES
  ('owner', pg_get_userbyid(c.conowner)::text, 'environment'),
  ('definition', pg_encoding_to_char(c.conforencoding) || ' to ' || pg_encoding_to_char(c.contoencoding) || ' by ' || c.conproc::text
     || CASE WHEN c.condefault THEN ', default' ELSE '' END, 'behaviour')) AS p (property, definition, effect)
WHERE c.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_conversion'::regclass AND m.objid = c.oid)
UNION ALL
SELECT 'language', l.lanname::text, p.property, p.definition, p.effect
FROM pg_language l,
LATERAL (VALUES
  ('owner', pg_get_userbyid(l.lanowner)::text, 'environment'),
  ('definition', concat_ws(', ', CASE WHEN l.lanpltrusted THEN 'trusted' ELSE 'not trusted' END, 'handler ' || nullif(l.lanplcallfoid, 0)::regproc::text,
     'inline ' || nullif(l.laninline, 0)::regproc::text, 'validator ' || nullif(l.lanvalidator, 0)::regproc::text), 'behaviour')) AS p (property, definition, effect)
WHERE l.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_language'::regclass AND m.objid = l.oid)
UNION ALL
SELECT 'transform', i.identity, 'definition',
       concat_ws(', ', 'from SQL ' || nullif(t.trffromsql, 0)::regproc::text, 'to SQL ' || nullif(t.trftosql, 0)::regproc::text), 'behaviour'
FROM pg_transform t, pg_identify_object('pg_transform'::regclass, t.oid, 0) i
WHERE t.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_transform'::regclass AND m.objid = t.oid)
UNION ALL
SELECT 'access method', a.amname::text, 'definition', CASE a.amtype WHEN 't' THEN 'for tables' ELSE 'for indexes' END || ' by ' || a.amhandler::text, 'behaviour'
FROM pg_am a
WHERE a.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_am'::regclass AND m.objid = a.oid)
