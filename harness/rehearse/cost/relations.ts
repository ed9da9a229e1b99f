import type pg from 'pg'
import { withClient } from '../../ground/with-client.ts'

/** A relation that other sessions can see, before a transaction. */
interface Relation {
  /** `public.trips`; an index and a TOAST table go by their table's name. */
  readonly name: string
  readonly isTable: boolean
  readonly isIndex: boolean
  /** Number of its file, which changes when it is written anew. */
  readonly file: string
  /** Of a table and its TOAST table. */
  readonly bytes: number
}

/** By OID, so that a table keeps the name that it had before whatever renames or drops it. */
export type Relations = ReadonlyMap<string, Relation>

/** Reads what other sessions can see. Only committed changes are in it. */
export async function fetchRelations(client: pg.ClientBase): Promise<Relations> {
  const { rows } = await client.query<{
    oid: string
    name: string
    kind: string
    file: string
    bytes: string
  }>(RELATIONS)
  return new Map(
    rows.map(({ oid, name, kind, file, bytes }) => [
      oid,
      {
        name,
        isTable: kind === 'r' || kind === 'm' || kind === 'p',
        isIndex: kind === 'i' || kind === 'I',
        file,
        bytes: Number(bytes),
      },
    ]),
  )
}

const RELATIONS = `
  SELECT c.oid::text, n.nspname || '.' || o.relname AS name, c.relkind AS kind, c.relfilenode::text AS file,
         CASE WHEN c.relkind IN ('r', 'm')
           THEN pg_catalog.pg_relation_size(c.oid)
                + CASE WHEN c.reltoastrelid = 0 THEN 0 ELSE pg_catalog.pg_relation_size(c.reltoastrelid) END
           ELSE 0 END::text AS bytes
    FROM pg_catalog.pg_class c
    LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
    LEFT JOIN pg_catalog.pg_class p ON p.reltoastrelid = coalesce(i.indrelid, c.oid)
    JOIN pg_catalog.pg_class o ON o.oid = coalesce(p.oid, i.indrelid, c.oid)
    JOIN pg_catalog.pg_namespace n ON n.oid = o.relnamespace
   WHERE c.oid >= 16384 AND n.nspname !~ '^(pg_|information_schema$)'`

/**
 * Has the clone tell each session about tables that are written anew and about temporary files, in English. Without a superuser
 * only the change of a table's file is left to tell by.
 */
export async function installWitness(superuserUrl: string): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    try {
      await client.query(WITNESS)
    } catch (error) {
      if ((error as pg.DatabaseError).code !== '42501') throw error
    }
  })
}

// INFO reaches the client whatever client_min_messages a file sets.
const WITNESS = `
  CREATE SCHEMA phaseproof_witness;
  GRANT USAGE ON SCHEMA phaseproof_witness TO PUBLIC;
  CREATE FUNCTION phaseproof_witness.tell() RETURNS event_trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE INFO 'phaseproof rewrite % %', pg_catalog.pg_event_trigger_table_rewrite_oid()::bigint,
        pg_catalog.pg_event_trigger_table_rewrite_reason();
    END $$;
  CREATE EVENT TRIGGER phaseproof_witness ON table_rewrite EXECUTE FUNCTION phaseproof_witness.tell();
  DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET log_temp_files = 0', current_database());
    EXECUTE format('ALTER DATABASE %I SET lc_messages = %L', current_database(), 'C');
  END $$;`
