import type { ClientBase } from 'pg'
import { DatabaseError } from 'pg'
import { quoteTable } from '../ground/quote.ts'
import type { TargetRows } from '../model/target.ts'

/** A table up to this size is counted; above it the statistics must do. */
const COUNTED_BYTES = 64 * 1024 * 1024

interface Relation {
  readonly namespace: string
  readonly name: string
  readonly bytes: string
  /** -1: never analysed. */
  readonly estimate: number
  readonly isReadable: boolean
  readonly isHidden: boolean
}

const RELATIONS = `
  SELECT n.nspname AS namespace, c.relname AS name,
         coalesce((SELECT sum(pg_catalog.pg_relation_size(p.relid)) FROM pg_catalog.pg_partition_tree(c.oid) p),
                  pg_catalog.pg_relation_size(c.oid))::text AS bytes,
         c.reltuples::float8 AS estimate,
         pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT') AS "isReadable",
         pg_catalog.row_security_active(c.oid) AS "isHidden"
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p') AND n.nspname || '.' || c.relname = ANY ($1::text[])`

/** Fetches the number of rows of tables named `namespace.table`: counted where that is quick and allowed. A table of unknown size is left out. */
export async function fetchTargetRows(
  client: ClientBase,
  tables: readonly string[],
): Promise<Record<string, TargetRows>> {
  const relations = await orWithout(client.query<Relation>(RELATIONS, [tables]))
  const found: Record<string, TargetRows> = {}
  for (const relation of relations?.rows ?? []) {
    const rows = await fetchRows(client, relation)
    if (rows !== null) found[`${relation.namespace}.${relation.name}`] = rows
  }
  return found
}

async function fetchRows(client: ClientBase, relation: Relation): Promise<TargetRows | null> {
  const { bytes, estimate, isReadable, isHidden } = relation
  const estimated = estimate < 0 ? null : { rows: Math.round(estimate), isExact: false }
  if (!isReadable || isHidden || Number(bytes) > COUNTED_BYTES) return estimated
  const counted = await orWithout(
    client.query<{ rows: string }>(`SELECT count(*) AS rows FROM ${quoteTable(relation)}`),
  )
  return counted ? { rows: Number(counted.rows[0]?.rows), isExact: true } : estimated
}

/** Fetches the bytes of tables with their indexes; 0 where somebody's lock keeps Postgres from looking. */
export async function fetchTargetBytes(client: ClientBase, tables: readonly string[]): Promise<number> {
  const sum = await orWithout(
    client.query<{ bytes: string }>(
      `SELECT coalesce(sum(pg_catalog.pg_total_relation_size(c.oid)), 0)::text AS bytes
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname || '.' || c.relname = ANY ($1::text[])`,
      [tables],
    ),
  )
  return Number(sum?.rows[0]?.bytes ?? 0)
}

/** A lock or a time limit stands in the way of one number, and of nothing else. */
async function orWithout<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof DatabaseError && /^(55P03|57014)$/.test(error.code ?? '')) return null
    throw error
  }
}
