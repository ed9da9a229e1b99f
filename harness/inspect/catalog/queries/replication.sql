-- Publications, subscriptions and event triggers. How a subscription connects may hold a password, so only a digest of it is told.
SELECT 'publication', p.pubname::text, 'definition',
       concat_ws(', ', CASE WHEN p.puballtables THEN 'all tables' END, CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
         CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END, CASE WHEN p.pubviaroot THEN 'via root' END), 'behaviour'
FROM pg_publication p
UNION ALL
SELECT 'publication', pubname::text, 'owner', pg_get_userbyid(pubowner)::text, 'environment' FROM pg_publication
UNION ALL
SELECT 'publication', p.pubname::text, 'table ' || m.prrelid::regclass::text,
       concat_ws(' ', coalesce((SELECT '(' || string_agg(a.attname, ', ' ORDER BY a.attnum) || ')' FROM pg_attribute a
         WHERE a.attrelid = m.prrelid AND a.attnum = ANY (m.prattrs::int2[])), 'all columns'), 'where ' || pg_get_expr(m.prqual, m.prrelid)), 'behaviour'
FROM pg_publication_rel m JOIN pg_publication p ON p.oid = m.prpubid
UNION ALL
SELECT 'publication', p.pubname::text, 'schema ' || m.pnnspid::regnamespace::text, 'all its tables', 'behaviour'
FROM pg_publication_namespace m JOIN pg_publication p ON p.oid = m.pnpubid
UNION ALL
SELECT 'subscription', s.subname::text, 'definition',
       concat_ws(', ', CASE WHEN s.subenabled THEN 'enabled' ELSE 'disabled' END, 'publications ' || array_to_string(s.subpublications, ' '),
         'slot ' || s.subslotname, 'commit ' || s.subsynccommit, 'connection digest ' || left(md5(s.subconninfo), 8)), 'behaviour'
FROM pg_subscription s WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
UNION ALL
SELECT 'event trigger', e.evtname::text, 'definition',
       concat_ws(' ', 'on', e.evtevent, 'tags ' || array_to_string(e.evttags, ', '), 'execute', e.evtfoid::regprocedure::text,
         CASE e.evtenabled WHEN 'O' THEN NULL ELSE '[enabled: ' || e.evtenabled::text || ']' END), 'behaviour'
FROM pg_event_trigger e WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_event_trigger'::regclass AND m.objid = e.oid)
UNION ALL
SELECT 'event trigger', evtname::text, 'owner', pg_get_userbyid(evtowner)::text, 'environment' FROM pg_event_trigger e
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_event_trigger'::regclass AND m.objid = e.oid)
