import type pg from 'pg'

/** The rows of a database at one moment, to be brought back while servers stay connected. */
export interface KeptRows {
  /** Rows by table, without `public.` */
  readonly counts: ReadonlyMap<string, number>
  /** Takes back whatever was written since, in all tables. Sequences go on: a number that was handed out does no harm. */
  restore(): Promise<void>
  /** Lets go of the copies: they depend on types, which a migration may want to drop. */
  forget(): Promise<void>
}

interface KeptTable {
  /** Quoted. */
  readonly name: string
  readonly shortName: string
  readonly columns: readonly string[]
  readonly key: readonly string[]
  readonly copy: string
}

const LIST_TABLES = `
SELECT format('%I.%I', n.nspname, c.relname) AS "name",
  CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS "shortName",
  ARRAY(SELECT quote_ident(attname) FROM pg_attribute
    WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum) AS "columns",
  ARRAY(SELECT quote_ident(attname) FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
    WHERE indrelid = c.oid AND indisprimary ORDER BY attnum) AS "key"
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
ORDER BY 1`

/** Rows by table, without `public.`; of all tables that are neither the system's nor an extension's. */
export async function countRows(client: pg.Client): Promise<ReadonlyMap<string, number>> {
  const tables = await listTables(client)
  const found = await countSince(client, tables, '0')
  return new Map(tables.map(({ shortName }, index) => [shortName, found[index]?.total ?? 0]))
}

/** Rows can be brought back, a schema cannot: whoever changes it meanwhile is refused. Our own session fires no triggers. */
const HOLD_SCHEMA = `
CREATE FUNCTION public.phaseproof_hold_schema() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_EVENT = 'sql_drop' THEN
    PERFORM FROM pg_event_trigger_dropped_objects() WHERE NOT is_temporary AND object_type NOT LIKE 'toast %';
  ELSE
    PERFORM FROM pg_event_trigger_ddl_commands() WHERE schema_name IS DISTINCT FROM 'pg_temp';
  END IF;
  IF FOUND THEN RAISE 'phaseproof: beneath a running server contracts may change rows, but no schema'; END IF;
END $$;
CREATE EVENT TRIGGER phaseproof_hold_schema ON ddl_command_end EXECUTE FUNCTION public.phaseproof_hold_schema();
CREATE EVENT TRIGGER phaseproof_hold_drops ON sql_drop EXECUTE FUNCTION public.phaseproof_hold_schema()`

const RELEASE_SCHEMA = `
DROP EVENT TRIGGER phaseproof_hold_schema;
DROP EVENT TRIGGER phaseproof_hold_drops;
DROP FUNCTION public.phaseproof_hold_schema();
DISCARD TEMP`

/**
 * Copies all rows into temporary tables of a superuser's session, which from now on fires no triggers. Until they are let go of, nobody
 * else can change the schema.
 * @throws what Postgres says, as 42501 where the role may not do that
 */
export async function keepRows(client: pg.Client): Promise<KeptRows> {
  await client.query("SET session_replication_role = replica; SET lock_timeout = '5s'")
  const tables = (await listTables(client)).filter(({ columns }) => columns.length > 0)
  const copies = tables.map(
    ({ copy, columns, name }) =>
      `CREATE TEMP TABLE ${copy} AS SELECT ${columns.join(', ')} FROM ONLY ${name}`,
  )
  await client.query(copies.join(';\n'))
  await client.query(HOLD_SCHEMA)
  const kept = await countSince(client, tables, '0')
  let since = await fetchNextTransaction(client)
  return {
    counts: new Map(tables.map(({ shortName }, index) => [shortName, kept[index]?.total ?? 0])),
    async restore() {
      const found = await countSince(client, tables, since)
      const dirty = tables.flatMap((table, index) => {
        const [is, was] = [found[index], kept[index]]
        if (!is || !was || (is.newer === 0 && is.total === was.total)) return []
        return [{ ...table, hasNew: is.newer > 0, isIncomplete: is.total - is.newer !== was.total }]
      })
      if (dirty.length === 0) return
      const statements = [
        ...dirty.flatMap((table) => (table.hasNew ? [toDeletion(table, since)] : [])),
        ...dirty.flatMap((table) => (table.isIncomplete ? toInsertions(table) : [])),
      ]
      await client.query(['BEGIN', ...statements, 'COMMIT'].join(';\n'))
      since = await fetchNextTransaction(client)
    },
    async forget() {
      // Each by itself, as DISCARD runs in no transaction.
      for (const statement of RELEASE_SCHEMA.split(';\n')) await client.query(statement)
    },
  }
}

async function listTables(client: pg.Client): Promise<KeptTable[]> {
  const { rows } = await client.query<Omit<KeptTable, 'copy'>>(LIST_TABLES)
  return rows.map((table, index) => ({ ...table, copy: `pg_temp.kept_${index}` }))
}

/** A row that was written in a transaction has its number, `xmin`, whether it was inserted or updated. */
function isNewer(since: string): string {
  return `xmin::text::bigint >= ${since}`
}

async function countSince(client: pg.Client, tables: readonly KeptTable[], since: string) {
  if (tables.length === 0) return []
  const { rows } = await client.query<{ total: number; newer: number }>(
    `${tables
      .map(
        ({ name }, index) =>
          `SELECT ${index} AS i, count(*)::int AS total, (count(*) FILTER (WHERE ${isNewer(since)}))::int AS newer FROM ONLY ${name}`,
      )
      .join('\nUNION ALL ')}\nORDER BY i`,
  )
  return rows
}

/** Rows hold the lower 32 bits. */
async function fetchNextTransaction(client: pg.Client): Promise<string> {
  const { rows } = await client.query(
    'SELECT (pg_snapshot_xmax(pg_current_snapshot())::text::bigint % 4294967296)::text AS next',
  )
  return rows[0].next
}

function toDeletion({ name }: KeptTable, since: string): string {
  return `DELETE FROM ONLY ${name} WHERE ${isNewer(since)}`
}

function toInsertions({ name, columns, key, copy }: KeptTable): string[] {
  const list = columns.join(', ')
  const insertion = `INSERT INTO ${name} (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM ${copy} kept`
  if (key.length === 0) return [`DELETE FROM ONLY ${name}`, insertion]
  const isSame = key.map((column) => `there.${column} = kept.${column}`).join(' AND ')
  return [`${insertion} WHERE NOT EXISTS (SELECT FROM ONLY ${name} there WHERE ${isSame})`]
}
