import type pg from 'pg'
import { quoteName, quoteTable } from '../harness/ground/quote.ts'
import { withClient } from '../harness/ground/with-client.ts'

/**
 * Everything that a database's own catalogs and tables hold, a line for each thing. It is read without the harness's inspection: which
 * column of a catalog refers to which other is asked of Postgres itself (`pg_get_catalog_foreign_keys`).
 */
export type RawState = ReadonlySet<string>

interface CatalogColumn {
  readonly catalog: string
  readonly column: string
  readonly type: string
  /** Catalog that the column refers to by oid; null when it is no reference. */
  readonly refers: string | null
  readonly isArray: boolean
  readonly hasOid: boolean
}

// Places in files, counters, and what only repeats a definition in the numbers of one database.
const volatile = new Set(
  [
    'oid',
    'relfilenode',
    'relpages',
    'reltuples',
    'relallvisible',
    'relallfrozen',
    'relfrozenxid',
    'relminmxid',
    'relhasindex',
    'reltoastrelid',
  ]
    .concat([
      'relnatts',
      'relchecks',
      'relhastriggers',
      'attnum',
      'adnum',
      'attmissingval',
      'atthasmissing',
      'conkey',
      'confkey',
      'indkey',
    ])
    .concat([
      'indcheckxmin',
      'objoid',
      'objid',
      'refobjid',
      'ev_qual',
      'ev_action',
      'prosqlbody',
      'conexclop',
      'confdelsetcols',
      'tgattr',
      'objsubid',
    ]),
)
const skipped = new Set([
  'pg_depend',
  'pg_shdepend',
  'pg_statistic',
  'pg_statistic_ext_data',
  'pg_init_privs',
  'pg_largeobject',
  'pg_shdescription',
])
const shared = new Set(['pg_authid', 'pg_auth_members', 'pg_db_role_setting', 'pg_tablespace'])

// `pg_describe_object` knows no such objects; their other columns tell them.
const nameless = new Set(['pg_enum', 'pg_largeobject_metadata'])

/** Definitions that Postgres writes out, in place of parse trees and positions. */
const written: Readonly<Record<string, string>> = {
  pg_attrdef: 'pg_get_expr(adbin, adrelid)',
  pg_constraint: 'pg_get_constraintdef(oid)',
  pg_index: 'pg_get_indexdef(indexrelid)',
  pg_policy: `concat(pg_get_expr(polqual, polrelid), ' with ', pg_get_expr(polwithcheck, polrelid))`,
  pg_rewrite: 'pg_get_ruledef(oid)',
  pg_trigger: 'pg_get_triggerdef(oid)',
  pg_class: 'pg_get_expr(relpartbound, oid)',
  pg_proc: `CASE WHEN prokind = 'a' THEN NULL ELSE pg_get_functiondef(oid) END`,
  pg_statistic_ext: 'pg_get_statisticsobjdef(oid)',
  pg_description: 'pg_describe_object(classoid, objoid, objsubid)',
  pg_seclabel: 'pg_describe_object(classoid, objoid, objsubid)',
}

/**
 * Reads the raw state of a database. It takes a second or so.
 * @param historyTable the migration tool's own table, of which only the structure counts
 */
export function fetchRawState(url: string, historyTable: string): Promise<RawState> {
  return withClient(url, async (client) => {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`)
    await client.query(`SET LOCAL search_path = ''`)
    const lines = new Set<string>()
    for (const [catalog, columns] of await fetchCatalogs(client)) {
      for (const line of await fetchRows(client, catalog, columns)) lines.add(line)
    }
    for (const line of await fetchContents(client, historyTable)) lines.add(line)
    await client.query('COMMIT')
    return lines
  })
}

/** Lines that only one of two states has, short enough to print. */
export function compareRawStates(right: RawState, found: RawState, unsteady: RawState): string[] {
  const gone = [...right].filter((line) => !found.has(line) && !unsteady.has(line)).map((line) => `- ${line}`)
  const added = [...found]
    .filter((line) => !right.has(line) && !isOfUnsteady(line, unsteady))
    .map((line) => `+ ${line}`)
  return [...gone, ...added].map((line) => line.slice(0, 300))
}

function isOfUnsteady(line: string, unsteady: RawState): boolean {
  const key = line.split(' = ')[0]
  return [...unsteady].some((entry) => entry.split(' = ')[0] === key)
}

async function fetchCatalogs(client: pg.Client): Promise<Map<string, CatalogColumn[]>> {
  const { rows } = await client.query<CatalogColumn>(
    `
    SELECT c.relname AS catalog, a.attname AS "column", a.atttypid::regtype::text AS type,
           k.pk AS refers, coalesce(k.is_array, false) AS "isArray",
           EXISTS (SELECT 1 FROM pg_catalog.pg_attribute o WHERE o.attrelid = c.oid AND o.attname = 'oid') AS "hasOid"
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN (SELECT fktable, fkcols[1] AS fk, min(pktable::text) AS pk, bool_or(is_array) AS is_array
                   FROM pg_catalog.pg_get_catalog_foreign_keys()
                  WHERE array_length(fkcols, 1) = 1 AND pkcols = ARRAY['oid'] GROUP BY 1, 2) k
        ON k.fktable = c.oid AND k.fk = a.attname
     WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r'
       AND (NOT c.relisshared OR c.relname = ANY ($1))
     ORDER BY c.relname, a.attnum`,
    [[...shared]],
  )
  const catalogs = new Map<string, CatalogColumn[]>()
  for (const row of rows) {
    if (skipped.has(row.catalog)) continue
    catalogs.set(row.catalog, [...(catalogs.get(row.catalog) ?? []), row])
  }
  return catalogs
}

async function fetchRows(
  client: pg.Client,
  catalog: string,
  columns: readonly CatalogColumn[],
): Promise<string[]> {
  const references = columns.filter(({ refers }) => refers !== null)
  const values = columns
    .filter(({ column, type }) => !volatile.has(column) && type !== 'pg_node_tree')
    .map((column) => `'${column.column}', ${toValue(catalog, column)}`)
  const definition = written[catalog]
  if (definition !== undefined) values.push(`'definition', ${definition}`)
  if (columns.some(({ hasOid }) => hasOid) && !nameless.has(catalog)) {
    values.push(`'object', pg_catalog.pg_describe_object('pg_catalog.${catalog}'::regclass, oid, 0)`)
  }
  const { rows } = await client.query<{ line: string }>(
    `SELECT pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(${values.join(', ')}))::text AS line
       FROM pg_catalog.${catalog} AS t WHERE ${toFilter(catalog, columns, references)}`,
  )
  return (
    rows
      // Internal triggers and toast tables are named after numbers of their own database.
      .map(
        ({ line }) => `${catalog} = ${line.replaceAll(/(RI_ConstraintTrigger_[ac]_|pg_toast_)\d+/g, '$1')}`,
      )
      .filter((line) => !line.includes('pg_toast'))
  )
}

function toValue(catalog: string, { column, type, refers, isArray }: CatalogColumn): string {
  const name = `t.${quoteName(column)}`
  if (refers === null || (catalog === 'pg_db_role_setting' && column === 'setdatabase'))
    return refers === null ? `${name}::text` : `(${name} = 0)::text`
  const object = (oid: string) =>
    refers === 'pg_authid' || refers === 'pg_catalog.pg_authid'
      ? `CASE WHEN ${oid} = 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(${oid})::text END`
      : `pg_catalog.pg_describe_object('${refers.includes('.') ? refers : `pg_catalog.${refers}`}'::regclass, ${oid}, 0)`
  if (!isArray) return `CASE WHEN ${name} = 0 THEN NULL ELSE ${object(name)} END`
  const elements = type === 'oidvector' ? `string_to_array(${name}::text, ' ')::oid[]` : name
  return `(SELECT string_agg(${object('e.o')}, ', ' ORDER BY e.n) FROM unnest(${elements}) WITH ORDINALITY AS e(o, n))`
}

/** Rows that initdb did not make, or that speak of such. */
function toFilter(
  catalog: string,
  columns: readonly CatalogColumn[],
  references: readonly CatalogColumn[],
): string {
  if (catalog === 'pg_db_role_setting') {
    return `t.setdatabase = 0 OR t.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())`
  }
  if (shared.has(catalog) || catalog === 'pg_namespace' || catalog === 'pg_default_acl') return 'true'
  const own = columns.some(({ hasOid }) => hasOid) ? ['t.oid >= 16384'] : []
  const through = references
    .filter(({ isArray }) => !isArray)
    .map(({ column }) => `t.${quoteName(column)} >= 16384`)
  const described = catalog === 'pg_description' || catalog === 'pg_seclabel' ? ['t.objoid >= 16384'] : []
  const all = [...own, ...through, ...described]
  return all.length === 0 ? 'false' : all.join(' OR ')
}

async function fetchContents(client: pg.Client, historyTable: string): Promise<string[]> {
  const { rows: relations } = await client.query<{ namespace: string; name: string; kind: string }>(`
    SELECT n.nspname AS namespace, c.relname AS name, c.relkind AS kind
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`)
  const lines: string[] = []
  for (const { namespace, name, kind } of relations) {
    const relation = quoteTable({ namespace, name })
    if (name === historyTable) {
      const { rows } = await client.query<{ line: string }>(
        `SELECT concat_ws(' ', migration_name, finished_at IS NULL, rolled_back_at IS NULL) AS line FROM ${relation}`,
      )
      lines.push(...rows.map(({ line }) => `history = ${line}`))
    } else if (kind === 'S') {
      const { rows } = await client.query<{ line: string }>(
        `SELECT concat_ws(' ', last_value, is_called) AS line FROM ${relation}`,
      )
      lines.push(`position of ${namespace}.${name} = ${rows[0]?.line}`)
    } else {
      const { rows } = await client.query<{ column: string; line: string }>(
        `SELECT e.key AS "column", md5(string_agg(md5(coalesce(e.value, '~')), '' ORDER BY md5(coalesce(e.value, '~')))) AS line
           FROM ONLY ${relation} AS t, LATERAL pg_catalog.jsonb_each_text(pg_catalog.to_jsonb(t)) AS e GROUP BY 1
         UNION ALL
         SELECT 'all together', md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM ONLY ${relation} AS t`,
      )
      lines.push(...rows.map(({ column, line }) => `values of ${namespace}.${name}.${column} = ${line}`))
    }
  }
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) FROM pg_catalog.pg_largeobject_metadata`,
  )
  lines.push(`large objects = ${rows[0]?.count}`)
  return lines
}
