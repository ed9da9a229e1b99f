import type { PhaseEvidence } from '../harness/model/checkpoint.ts'
import type { Phase } from '../harness/model/scenario.ts'
import type { TableModel } from '../harness/model/schema-model.ts'
import type { Change } from './mutant.ts'

/** A statement that has no business in a migration, and what sort of fault it is. */
interface Addition {
  readonly kind: string
  readonly sql: string
}

/**
 * Statements that somebody could have left at the end of a migration: on a table that the phase does not name, on one that it
 * names, and outside tables. Which tables and columns serve is read from the states before and after the phase.
 */
export function addStatements(phase: Phase, evidence: PhaseEvidence, sql: string): Change[] {
  const others = evidence.before.schema.tables.filter(
    (table) => !isNamed(phase, table) && rowsOf(evidence, table) > 2,
  )
  const named = evidence.after.schema.tables.filter((table) => isNamed(phase, table))
  const filled = named.filter((table) => rowsOf(evidence, table) > 2)
  const additions = [
    ...others
      .slice(0, 3)
      .flatMap((table, place) => [...toOther(table, place), ...toValues(table, 'other', place)]),
    ...filled.slice(0, 2).flatMap((table, place) => toValues(table, 'named', place)),
    ...named.slice(0, 2).flatMap(toNamed),
    ...outsideTables(named[0] ?? others[0]),
    ...history,
    ...session,
  ]
  return additions.map((addition) => ({
    kind: addition.kind,
    what: `at the end: ${addition.sql.replaceAll(/\s+/g, ' ').slice(0, 140)}`,
    sql: `${sql.trimEnd()}\n\n${addition.sql};\n`,
  }))
}

function isNamed({ changes }: Phase, { namespace, name }: TableModel): boolean {
  return changes.includes(name) || changes.includes(`${namespace}.${name}`) || changes.includes('*')
}

function rowsOf({ before }: PhaseEvidence, { namespace, name }: TableModel): number {
  return before.rowCounts[`${namespace}.${name}`] ?? 0
}

/** Changes of values: none of them changes the number of rows of a named table. */
function toValues(table: TableModel, whose: string, place: number): Addition[] {
  const name = `"${table.namespace}"."${table.name}"`
  const free = (type: RegExp) =>
    table.columns.filter(
      (column) =>
        type.test(column.type) &&
        column.generated === null &&
        !table.constraints.some(({ columns }) => columns.includes(column.name)) &&
        !table.indexes.some(({ unique, keys }) => unique && keys.includes(column.name)),
    )
  const texts = free(/^text$|^character varying/)
  const [text, second] = texts
  const [time] = free(/^timestamp/)
  const [flag] = free(/^boolean$/)
  const [number] = free(/^(integer|bigint|numeric|double precision)/)
  const [json] = free(/^jsonb$/)
  const [nullable] = table.columns.filter((column) => column.nullable && texts.includes(column))
  const additions: (Addition | null)[] = [
    text ? { kind: 'all-values-invented', sql: `UPDATE ${name} SET "${text.name}" = md5(ctid::text)` } : null,
    text
      ? {
          kind: 'one-cell-changed',
          sql: `UPDATE ${name} SET "${text.name}" = "${text.name}" || ' ' WHERE ctid = (SELECT min(ctid) FROM ${name})`,
        }
      : null,
    text && second
      ? {
          kind: 'columns-swapped',
          sql: `ALTER TABLE ${name} RENAME "${text.name}" TO "x_"; ALTER TABLE ${name} RENAME "${second.name}" TO "${text.name}"; ALTER TABLE ${name} RENAME "x_" TO "${second.name}"`,
        }
      : null,
    text && second
      ? {
          kind: 'values-swapped-between-rows',
          sql: `UPDATE ${name} t SET "${text.name}" = s.v FROM (SELECT ctid c, lead("${text.name}", 1, (SELECT min("${text.name}") FROM ${name})) OVER (ORDER BY "${text.name}", ctid) v FROM ${name}) s WHERE s.c = t.ctid`,
        }
      : null,
    nullable
      ? {
          kind: 'column-made-anew-empty',
          sql: `ALTER TABLE ${name} DROP "${nullable.name}", ADD "${nullable.name}" ${nullable.type}`,
        }
      : null,
    nullable ? { kind: 'values-nulled', sql: `UPDATE ${name} SET "${nullable.name}" = NULL` } : null,
    time
      ? {
          kind: 'dates-shifted',
          sql: `UPDATE ${name} SET "${time.name}" = "${time.name}" + interval '5 hours'`,
        }
      : null,
    flag ? { kind: 'flags-turned', sql: `UPDATE ${name} SET "${flag.name}" = NOT "${flag.name}"` } : null,
    number
      ? { kind: 'numbers-changed', sql: `UPDATE ${name} SET "${number.name}" = "${number.name}" + 1` }
      : null,
    json
      ? {
          kind: 'documents-changed',
          sql: `UPDATE ${name} SET "${json.name}" = '{}' WHERE "${json.name}" IS NOT NULL`,
        }
      : null,
    text
      ? { kind: 'values-truncated', sql: `UPDATE ${name} SET "${text.name}" = left("${text.name}", 3)` }
      : null,
    place === 0
      ? { kind: 'row-deleted', sql: `DELETE FROM ${name} WHERE ctid = (SELECT max(ctid) FROM ${name})` }
      : null,
    place === 0 ? { kind: 'table-emptied', sql: `TRUNCATE ${name} CASCADE` } : null,
  ]
  return additions
    .filter((entry) => entry !== null)
    .map(({ kind, sql }) => ({ kind: `${kind}-${whose}`, sql }))
}

/** Changes of a table that the phase has nothing to do with. */
function toOther(table: TableModel, place: number): Addition[] {
  const name = `"${table.namespace}"."${table.name}"`
  const plain = table.columns.find(({ default: value, generated }) => value !== null && generated === null)
  const required = table.columns.find(
    (column) => !column.nullable && !table.constraints.some(({ columns }) => columns.includes(column.name)),
  )
  const key = table.constraints.find(({ kind }) => kind === 'foreign-key')
  const index = table.indexes.find(({ primary, unique }) => !primary && !unique)
  return [
    { kind: 'column-added-other', sql: `ALTER TABLE ${name} ADD "surplus" text` },
    ...(plain
      ? [{ kind: 'default-dropped-other', sql: `ALTER TABLE ${name} ALTER "${plain.name}" DROP DEFAULT` }]
      : []),
    ...(required
      ? [{ kind: 'null-allowed-other', sql: `ALTER TABLE ${name} ALTER "${required.name}" DROP NOT NULL` }]
      : []),
    ...(key ? [{ kind: 'key-dropped-other', sql: `ALTER TABLE ${name} DROP CONSTRAINT "${key.name}"` }] : []),
    ...(key
      ? [
          {
            kind: 'key-renamed-other',
            sql: `ALTER TABLE ${name} RENAME CONSTRAINT "${key.name}" TO "other_name"`,
          },
        ]
      : []),
    ...(index
      ? [{ kind: 'index-dropped-other', sql: `DROP INDEX "${table.namespace}"."${index.name}"` }]
      : []),
    ...ofAnyTable(name, table, 'other', place),
  ]
}

/** Changes of a table that the phase names, which nobody asked for. */
function toNamed(table: TableModel): Addition[] {
  const name = `"${table.namespace}"."${table.name}"`
  const [first] = table.columns
  const numeric = table.columns.find(({ type }) => /^(integer|bigint|numeric|double precision)/.test(type))
  return [
    { kind: 'column-added-named', sql: `ALTER TABLE ${name} ADD "surplus" text` },
    {
      kind: 'check-added-named',
      sql: `ALTER TABLE ${name} ADD CONSTRAINT "surplus_check" CHECK ("${first?.name}" IS NOT NULL)`,
    },
    ...(numeric
      ? [
          {
            kind: 'check-not-valid-named',
            sql: `ALTER TABLE ${name} ADD CONSTRAINT "surplus_check" CHECK ("${numeric.name}" < 5) NOT VALID`,
          },
        ]
      : []),
    { kind: 'index-added-named', sql: `CREATE INDEX "surplus_idx" ON ${name} ("${first?.name}")` },
    {
      kind: 'unique-added-named',
      sql: `CREATE UNIQUE INDEX "surplus_key" ON ${name} ("${first?.name}", ctid)`.replace(', ctid', ''),
    },
    ...ofAnyTable(name, table, 'named', 0),
  ]
}

function ofAnyTable(name: string, table: TableModel, whose: string, place: number): Addition[] {
  if (place > 0) return []
  const [first] = table.columns
  const additions: Addition[] = [
    {
      kind: 'trigger-added',
      sql: `CREATE FUNCTION "surplus_f"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER "surplus_t" BEFORE INSERT ON ${name} FOR EACH ROW EXECUTE FUNCTION "surplus_f"()`,
    },
    { kind: 'triggers-disabled', sql: `ALTER TABLE ${name} DISABLE TRIGGER ALL` },
    { kind: 'rule-added', sql: `CREATE RULE "surplus_r" AS ON DELETE TO ${name} DO INSTEAD NOTHING` },
    { kind: 'row-security-on', sql: `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY` },
    { kind: 'row-security-forced', sql: `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY` },
    { kind: 'policy-added', sql: `CREATE POLICY "surplus_p" ON ${name} USING (false)` },
    { kind: 'granted-to-all', sql: `GRANT SELECT ON ${name} TO PUBLIC` },
    { kind: 'column-granted', sql: `GRANT UPDATE ("${first?.name}") ON ${name} TO PUBLIC` },
    { kind: 'owner-changed', sql: `ALTER TABLE ${name} OWNER TO pg_database_owner` },
    { kind: 'replica-identity', sql: `ALTER TABLE ${name} REPLICA IDENTITY FULL` },
    { kind: 'unlogged', sql: `ALTER TABLE ${name} SET UNLOGGED` },
    { kind: 'published', sql: `CREATE PUBLICATION "surplus_pub" FOR TABLE ${name}` },
    { kind: 'commented', sql: `COMMENT ON TABLE ${name} IS 'surplus'` },
    { kind: 'autovacuum-off', sql: `ALTER TABLE ${name} SET (autovacuum_enabled = false)` },
    { kind: 'statistics-target', sql: `ALTER TABLE ${name} ALTER "${first?.name}" SET STATISTICS 7` },
    {
      kind: 'storage-changed',
      sql: `ALTER TABLE ${name} ALTER "${table.columns.find(({ type }) => type === 'text')?.name ?? first?.name}" SET STORAGE EXTERNAL`,
    },
    { kind: 'inherited', sql: `CREATE TABLE "surplus_child" () INHERITS (${name})` },
    { kind: 'renamed-away', sql: `ALTER TABLE ${name} RENAME TO "surplus_name"` },
    {
      kind: 'column-renamed',
      sql: `ALTER TABLE ${name} RENAME "${table.columns.at(-1)?.name}" TO "surplus_name"`,
    },
    { kind: 'moved-to-schema', sql: `CREATE SCHEMA "surplus_s"; ALTER TABLE ${name} SET SCHEMA "surplus_s"` },
  ]
  return additions.map(({ kind, sql }) => ({ kind: `${kind}-${whose}`, sql }))
}

/** Changes outside tables. */
function outsideTables(table: TableModel | undefined): Addition[] {
  const name = table ? `"${table.namespace}"."${table.name}"` : 'pg_class'
  return [
    { kind: 'table-added', sql: 'CREATE TABLE "surplus_table" ("id" text)' },
    { kind: 'view-added', sql: `CREATE VIEW "surplus_view" AS SELECT 1 AS "one"` },
    {
      kind: 'materialised-view-added',
      sql: `CREATE MATERIALIZED VIEW "surplus_mv" AS SELECT count(*) FROM ${name}`,
    },
    {
      kind: 'function-added',
      sql: `CREATE FUNCTION "surplus_fn"() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
    },
    { kind: 'procedure-added', sql: `CREATE PROCEDURE "surplus_pr"() LANGUAGE sql AS 'SELECT 1'` },
    { kind: 'aggregate-added', sql: `CREATE AGGREGATE "surplus_ag"(int) (SFUNC = int4pl, STYPE = int)` },
    { kind: 'enum-added', sql: `CREATE TYPE "surplus_enum" AS ENUM ('A')` },
    { kind: 'domain-added', sql: `CREATE DOMAIN "surplus_dom" AS text CHECK (VALUE <> '')` },
    { kind: 'composite-added', sql: `CREATE TYPE "surplus_type" AS ("a" int)` },
    { kind: 'range-added', sql: `CREATE TYPE "surplus_range" AS RANGE (subtype = text)` },
    { kind: 'sequence-added', sql: `CREATE SEQUENCE "surplus_seq"` },
    { kind: 'schema-added', sql: `CREATE SCHEMA "surplus_ns"` },
    { kind: 'collation-added', sql: `CREATE COLLATION "surplus_coll" (provider = icu, locale = 'und')` },
    {
      kind: 'cast-added',
      sql: `CREATE TYPE "surplus_c" AS ENUM ('A'); CREATE CAST (text AS "surplus_c") WITH INOUT AS IMPLICIT`,
    },
    {
      kind: 'operator-added',
      sql: `CREATE OPERATOR public.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)`,
    },
    {
      kind: 'event-trigger-added',
      sql: `CREATE FUNCTION "surplus_ev"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER "surplus_et" ON ddl_command_end EXECUTE FUNCTION "surplus_ev"()`,
    },
    {
      kind: 'statistics-added',
      sql: `CREATE TABLE "surplus_st" ("a" int, "b" int); CREATE STATISTICS "surplus_stx" ON "a", "b" FROM "surplus_st"`,
    },
    {
      kind: 'default-rights-changed',
      sql: `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC`,
    },
    { kind: 'schema-granted', sql: `GRANT CREATE ON SCHEMA public TO PUBLIC` },
    { kind: 'extension-added', sql: `CREATE EXTENSION plpgsql_check`.replace('plpgsql_check', 'citext') },
    {
      kind: 'database-setting',
      sql: `DO $x$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''9MB''', current_database()); END $x$`,
    },
    {
      kind: 'foreign-server-added',
      sql: `CREATE FOREIGN DATA WRAPPER "surplus_fdw"; CREATE SERVER "surplus_srv" FOREIGN DATA WRAPPER "surplus_fdw"`,
    },
    { kind: 'text-search-added', sql: `CREATE TEXT SEARCH CONFIGURATION "surplus_ts" (COPY = simple)` },
    { kind: 'large-object-added', sql: `SELECT lo_create(0)` },
  ]
}

/** Changes of what the tool wrote down, in Prisma's own table. */
const history: readonly Addition[] = [
  {
    kind: 'history-row-added',
    sql: `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count") VALUES ('surplus', repeat('0', 64), '20990101000000_surplus', now(), 1)`,
  },
  {
    kind: 'history-row-deleted',
    sql: `DELETE FROM "_prisma_migrations" WHERE "started_at" = (SELECT min("started_at") FROM "_prisma_migrations")`,
  },
  {
    kind: 'history-checksum-changed',
    sql: `UPDATE "_prisma_migrations" SET "checksum" = repeat('0', 64) WHERE "started_at" = (SELECT min("started_at") FROM "_prisma_migrations")`,
  },
  {
    kind: 'history-rolled-back',
    sql: `UPDATE "_prisma_migrations" SET "rolled_back_at" = now() WHERE "started_at" = (SELECT min("started_at") FROM "_prisma_migrations")`,
  },
  {
    kind: 'history-unfinished',
    sql: `UPDATE "_prisma_migrations" SET "finished_at" = NULL WHERE "started_at" = (SELECT min("started_at") FROM "_prisma_migrations")`,
  },
  { kind: 'history-dropped', sql: `DROP TABLE "_prisma_migrations"` },
]

/** What a file can leave in the session, or do to the cluster. */
const session: readonly Addition[] = [
  { kind: 'session-role', sql: 'SET ROLE pg_monitor' },
  { kind: 'session-read-only', sql: 'SET default_transaction_read_only = on' },
  { kind: 'session-open-transaction', sql: 'BEGIN' },
  { kind: 'session-replica', sql: 'SET session_replication_role = replica' },
  { kind: 'cluster-role', sql: 'CREATE ROLE "surplus_role"' },
  { kind: 'cluster-setting', sql: `ALTER ROLE CURRENT_USER SET statement_timeout = '9min'` },
]
