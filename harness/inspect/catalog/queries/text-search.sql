-- Text search configurations, dictionaries, parsers and templates.
SELECT 'text search configuration', n.nspname || '.' || c.cfgname, p.property, p.definition, p.effect
FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace,
LATERAL (VALUES
  ('owner', pg_get_userbyid(c.cfgowner)::text, 'environment'),
  ('definition', 'parser ' || (SELECT s.prsname FROM pg_ts_parser s WHERE s.oid = c.cfgparser) || coalesce(': ' || (
     SELECT string_agg(k.token || ' by ' || k.dictionaries, '; ' ORDER BY k.token) FROM (
       SELECT t.alias AS token, string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno) AS dictionaries
       FROM pg_ts_config_map m JOIN ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype WHERE m.mapcfg = c.oid GROUP BY t.alias) k), ''),
   'behaviour')) AS p (property, definition, effect)
WHERE c.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_ts_config'::regclass AND m.objid = c.oid)
UNION ALL
SELECT 'text search dictionary', n.nspname || '.' || d.dictname, p.property, p.definition, p.effect
FROM pg_ts_dict d JOIN pg_namespace n ON n.oid = d.dictnamespace,
LATERAL (VALUES
  ('owner', pg_get_userbyid(d.dictowner)::text, 'environment'),
  ('definition', concat_ws(', ', 'template ' || (SELECT t.tmplname FROM pg_ts_template t WHERE t.oid = d.dicttemplate), d.dictinitoption), 'behaviour')
) AS p (property, definition, effect)
WHERE d.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_ts_dict'::regclass AND m.objid = d.oid)
UNION ALL
SELECT 'text search parser', n.nspname || '.' || s.prsname, 'definition',
       concat_ws(', ', s.prsstart::text, s.prstoken::text, s.prsend::text, nullif(s.prsheadline, 0)::text, s.prslextype::text), 'behaviour'
FROM pg_ts_parser s JOIN pg_namespace n ON n.oid = s.prsnamespace
WHERE s.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_ts_parser'::regclass AND m.objid = s.oid)
UNION ALL
SELECT 'text search template', n.nspname || '.' || t.tmplname, 'definition', concat_ws(', ', nullif(t.tmplinit, 0)::text, t.tmpllexize::text), 'behaviour'
FROM pg_ts_template t JOIN pg_namespace n ON n.oid = t.tmplnamespace
WHERE t.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_ts_template'::regclass AND m.objid = t.oid)
