-- Row security policies.
SELECT schemaname AS "namespace", tablename AS "table", policyname AS "name",
       permissive || ' ' || cmd || ' to ' || array_to_string(roles, ', ') || coalesce(' using ' || qual, '')
         || coalesce(' with check ' || with_check, '') AS "definition"
FROM pg_policies
ORDER BY schemaname COLLATE "C", tablename COLLATE "C", policyname COLLATE "C"
