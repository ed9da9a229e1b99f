import type pg from 'pg'
import { fetchSource } from '../../ground/fetch-source.ts'
import { type SourceTable, toTableKey } from '../../model/source.ts'

/** A table and what must stay unique in it. */
export interface KeyedTable extends Omit<SourceTable, 'uniques'> {
  readonly uniques: readonly UniqueKey[]
  /** Columns that decide the partition of a row, on any level. */
  readonly partitionColumns: readonly string[]
  /** Names of exclusion constraints and of keys without overlaps. */
  readonly exclusions: readonly string[]
}

/** A primary key, unique constraint or unique index. */
export interface UniqueKey {
  readonly name: string
  /** Columns of the key, including those that its expressions read. */
  readonly columns: readonly string[]
  readonly hasExpressions: boolean
  /** Predicate of a partial index as SQL, which tells the rows that the key applies to. */
  readonly predicate: string | null
  readonly nullsNotDistinct: boolean
}

/**
 * Fetches the tables with the keys and references that the snapshot's schema leads to. Names in expressions carry
 * their namespace.
 */
export async function fetchKeys(client: pg.Client): Promise<readonly KeyedTable[]> {
  const source = await fetchSource(client, 'the snapshot')
  await client.query(`SET LOCAL search_path = ''`)
  const { rows } = await client.query<KeyRow>(KEYS)
  const { rows: partitioned } = await client.query<PartitionedRow>(PARTITIONED)
  const { rows: computed } = await client.query<ComputedRow>(COMPUTED)
  return source.tables.map((table) => {
    const own = rows.filter(
      (row) => toTableKey({ namespace: row.namespace, name: row.table }) === toTableKey(table),
    )
    return {
      ...table,
      partitionColumns:
        partitioned.find(
          (row) => toTableKey({ namespace: row.namespace, name: row.table }) === toTableKey(table),
        )?.columns ?? [],
      exclusions: own.filter(({ exclusion }) => exclusion).map(({ name }) => name),
      uniques: own
        .filter(({ exclusion }) => !exclusion)
        .map(({ name, columns, hasExpressions, predicate, nullsNotDistinct }) => ({
          name,
          ...toColumns(table, columns, hasExpressions, computed),
          predicate,
          nullsNotDistinct,
        })),
    }
  })
}

/** Columns of a key. A computed column is replaced by those it is computed from. */
function toColumns(
  table: SourceTable,
  columns: readonly string[],
  hasExpressions: boolean,
  computed: readonly ComputedRow[],
): Pick<UniqueKey, 'columns' | 'hasExpressions'> {
  const label = toTableKey(table)
  const from = computed.filter(
    (row) =>
      columns.includes(row.column) && toTableKey({ namespace: row.namespace, name: row.table }) === label,
  )
  return {
    columns: [
      ...columns.filter((column) => !from.some((row) => row.column === column)),
      ...from.flatMap((row) => row.from),
    ],
    hasExpressions: hasExpressions || from.length > 0,
  }
}

interface PartitionedRow {
  readonly namespace: string
  readonly table: string
  readonly columns: readonly string[]
}

interface ComputedRow {
  readonly namespace: string
  readonly table: string
  readonly column: string
  readonly from: readonly string[]
}

interface KeyRow {
  readonly namespace: string
  readonly table: string
  readonly name: string
  readonly columns: readonly string[]
  readonly exclusion: boolean
  readonly hasExpressions: boolean
  readonly predicate: string | null
  readonly nullsNotDistinct: boolean
}

/**
 * SQL for keys. The columns of an expression are found by name in its text, because pg_depend mixes them with those
 * of the predicate. One flag is read through JSON, because Postgres before 15 has no such column.
 */
const KEYS = `
  SELECT n.nspname AS namespace, c.relname AS table, x.relname AS name,
         ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = i.indrelid AND a.attnum > 0 AND NOT a.attisdropped AND EXISTS (
                      SELECT FROM generate_series(1, i.indnkeyatts) AS at
                       WHERE i.indkey[at - 1] = a.attnum OR (i.indkey[at - 1] = 0
                             AND position(quote_ident(a.attname) IN pg_catalog.pg_get_indexdef(i.indexrelid, at, true)) > 0))) AS columns,
         i.indisexclusion AS exclusion,
         i.indexprs IS NOT NULL AS "hasExpressions", pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
         coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS "nullsNotDistinct"
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
    JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE i.indisunique OR i.indisexclusion
   ORDER BY i.indisprimary DESC, x.relname COLLATE "C"`

/**
 * SQL for the columns that a generated column is computed from, which are the dependencies of its default expression.
 */
const COMPUTED = `
  SELECT n.nspname AS namespace, c.relname AS table, a.attname AS column,
         ARRAY(SELECT f.attname::text FROM pg_catalog.pg_attrdef e
                 JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = e.oid
                                            AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = a.attrelid
                 JOIN pg_catalog.pg_attribute f ON f.attrelid = a.attrelid AND f.attnum = d.refobjsubid
                WHERE e.adrelid = a.attrelid AND e.adnum = a.attnum AND f.attnum <> a.attnum) AS from
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE a.attgenerated <> '' AND NOT a.attisdropped`

/**
 * SQL for the partition columns of all levels. A column that only an expression of the partition key reads is found
 * by its dependency.
 */
const PARTITIONED = `
  SELECT n.nspname AS namespace, c.relname AS table, array_agg(DISTINCT a.attname::text) AS columns
    FROM pg_catalog.pg_partitioned_table p
    JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.pg_partition_root(p.partrelid)
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = p.partrelid AND a.attnum > 0
   WHERE a.attnum = ANY (p.partattrs::int2[]) OR EXISTS (
         SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = p.partrelid AND d.objsubid = 0
            AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = p.partrelid AND d.refobjsubid = a.attnum)
   GROUP BY n.nspname, c.relname`
