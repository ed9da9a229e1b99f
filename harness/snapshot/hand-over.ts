import { quoteName, quoteText } from '../ground/quote.ts'
import { withClient } from '../ground/with-client.ts'

/**
 * Hands everything in a database to its migrator, and lets the app read and write the tables: for a snapshot that says nothing of
 * owners and rights. What belongs to an extension stays as it is.
 */
export async function handOver(
  connectionString: string,
  { migrator, app }: { readonly migrator: string; readonly app: string },
): Promise<void> {
  await withClient(connectionString, (client) =>
    client.query(HAND_OVER.replaceAll(':migrator', quoteText(migrator)).replaceAll(':app', quoteName(app))),
  )
}

const HAND_OVER = `
DO $hand_over$
DECLARE
  command text;
BEGIN
  FOR command IN
    WITH ours AS (
      SELECT oid FROM pg_namespace
       WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    ), free AS (
      SELECT 'pg_class'::regclass::oid AS catalog, c.oid, 1 AS turn,
             CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                            WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END || ' ' || c.oid::regclass AS object
        FROM pg_class c WHERE c.relnamespace IN (SELECT oid FROM ours) AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                            AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND c.relkind = 'S')
      UNION ALL
      SELECT 'pg_type'::regclass, t.oid, 2, CASE t.typtype WHEN 'd' THEN 'DOMAIN ' ELSE 'TYPE ' END || t.oid::regtype
        FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
       WHERE t.typnamespace IN (SELECT oid FROM ours) AND t.typelem = 0 AND t.typtype IN ('d', 'e', 'r', 'c', 'b')
         AND (t.typtype <> 'c' OR c.relkind = 'c')
      UNION ALL
      SELECT 'pg_proc'::regclass, p.oid, 3,
             CASE p.prokind WHEN 'p' THEN 'PROCEDURE ' WHEN 'a' THEN 'AGGREGATE ' ELSE 'FUNCTION ' END || p.oid::regprocedure
        FROM pg_proc p WHERE p.pronamespace IN (SELECT oid FROM ours)
      UNION ALL
      SELECT 'pg_namespace'::regclass, n.oid, 4, format('SCHEMA %I', n.nspname)
        FROM pg_namespace n WHERE n.oid IN (SELECT oid FROM ours) AND n.nspname <> 'public'
    )
    SELECT format('ALTER %s OWNER TO %I', object, :migrator) FROM free
     WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = catalog AND d.objid = free.oid AND d.deptype = 'e')
     ORDER BY turn
  LOOP
    EXECUTE command;
  END LOOP;
  FOR command IN SELECT format('GRANT USAGE ON SCHEMA %1$I TO :app; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %1$I TO :app;'
                               ' GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA %1$I TO :app', nspname)
                   FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  LOOP
    EXECUTE command;
  END LOOP;
END
$hand_over$`
