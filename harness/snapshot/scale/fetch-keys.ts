import type pg from 'pg'
import { fetchSource } from '../capture/fetch-source.ts'
import { type SourceTable, toTableKey } from '../source.ts'

/** A table with what must stay unique in it. */
export interface KeyedTable extends Omit<SourceTable, 'uniques'> {
  readonly uniques: readonly UniqueKey[]
  /** Names of exclusion constraints and of keys without overlaps. */
  readonly exclusions: readonly string[]
}

/** A primary key, unique constraint or unique index. */
export interface UniqueKey {
  readonly name: string
  /** Columns of the key; of an index with expressions also those that only its predicate reads. */
  readonly columns: readonly string[]
  readonly hasExpressions: boolean
  /** Of a partial index: which rows it is about, as SQL. */
  readonly predicate: string | null
  readonly nullsNotDistinct: boolean
}

/** Reads tables with keys and references, as the snapshot's schema leads to them. Expressions come with namespaces in them. */
export async function fetchKeys(client: pg.Client): Promise<readonly KeyedTable[]> {
  const source = await fetchSource(client, 'the snapshot')
  await client.query(`SET LOCAL search_path = ''`)
  const { rows } = await client.query<KeyRow>(KEYS)
  return source.tables.map((table) => {
    const own = rows.filter(
      (row) => toTableKey({ namespace: row.namespace, name: row.table }) === toTableKey(table),
    )
    return {
      ...table,
      exclusions: own.filter(({ exclusion }) => exclusion).map(({ name }) => name),
      uniques: own
        .filter(({ exclusion }) => !exclusion)
        .map(({ name, hasExpressions, predicate, nullsNotDistinct }) => ({
          name,
          columns: table.uniques.find((unique) => unique.name === name)?.columns ?? [],
          hasExpressions,
          predicate,
          nullsNotDistinct,
        })),
    }
  })
}

interface KeyRow {
  readonly namespace: string
  readonly table: string
  readonly name: string
  readonly exclusion: boolean
  readonly hasExpressions: boolean
  readonly predicate: string | null
  readonly nullsNotDistinct: boolean
}

// Through JSON, because Postgres before 15 knows no such column.
const KEYS = `
  SELECT n.nspname AS namespace, c.relname AS table, x.relname AS name, i.indisexclusion AS exclusion,
         i.indexprs IS NOT NULL AS "hasExpressions", pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
         coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS "nullsNotDistinct"
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
    JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE i.indisunique OR i.indisexclusion
   ORDER BY i.indisprimary DESC, x.relname COLLATE "C"`
