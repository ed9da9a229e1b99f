-- Foreign servers and who logs in to them. Options may hold secrets, so only digests of them are told.
SELECT 'foreign-data wrapper', w.fdwname::text, 'definition',
       concat_ws(', ', 'handler ' || nullif(w.fdwhandler, 0)::regproc::text, 'validator ' || nullif(w.fdwvalidator, 0)::regproc::text,
         'options digest ' || left(md5(w.fdwoptions::text), 8)), 'behaviour'
FROM pg_foreign_data_wrapper w
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_foreign_data_wrapper'::regclass AND m.objid = w.oid)
UNION ALL
SELECT 'foreign-data wrapper', w.fdwname::text, 'owner', pg_get_userbyid(w.fdwowner)::text, 'environment'
FROM pg_foreign_data_wrapper w
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_foreign_data_wrapper'::regclass AND m.objid = w.oid)
UNION ALL
SELECT 'server', s.srvname::text, 'definition', concat_ws(', ', 'wrapper ' || w.fdwname, 'type ' || s.srvtype, 'version ' || s.srvversion), 'behaviour'
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
UNION ALL
SELECT 'server', s.srvname::text, 'owner', pg_get_userbyid(s.srvowner)::text, 'environment' FROM pg_foreign_server s
UNION ALL
SELECT 'server', s.srvname::text, 'option ' || o.option_name, 'digest ' || left(md5(o.option_value), 8), 'behaviour'
FROM pg_foreign_server s, pg_options_to_table(s.srvoptions) o
UNION ALL
SELECT 'user mapping', m.usename || ' on ' || m.srvname, 'definition',
       coalesce('options digest ' || left(md5(m.umoptions::text), 8), 'without options'), 'behaviour'
FROM pg_user_mappings m
