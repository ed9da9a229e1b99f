import { join } from 'node:path'
import type pg from 'pg'
import { withClient } from '../ground/with-client.ts'
import { silentProgress } from '../model/ports.ts'
import { loadSnapshot } from '../snapshot/load-snapshot.ts'
import type { ScaledRows } from '../snapshot/scale/to-scaled-rows.ts'
import { captureExample, toExamplePolicy } from './capture-example.ts'
import { withTemporaryFolder } from './example-source.ts'
import { query, withTestDatabase } from './with-test-database.ts'

/** A database that was captured whole and loaded again with multiplied rows. */
export interface Scaled {
  readonly url: string
  fetch<R extends pg.QueryResultRow>(sql: string): Promise<readonly R[]>
}

/** Makes a database by SQL, captures it, loads it with multiplied rows, and runs `body` on that. For tests. */
export async function withScaled<T>(
  postgresUrl: string,
  sql: string,
  scale: ScaledRows,
  body: (scaled: Scaled) => Promise<T>,
): Promise<T> {
  return withTemporaryFolder((parent) =>
    withTestDatabase(postgresUrl, async (source) => {
      await query(source, sql)
      const tables = await query<{ name: string }>(
        source,
        `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
      )
      const policy = toExamplePolicy(Object.fromEntries(tables.map(({ name }) => [name, { whole: 'test' }])))
      const snapshot = await captureExample(source, join(parent, 'example'), policy)
      return withTestDatabase(postgresUrl, async (url) => {
        await loadSnapshot(snapshot, url, { progress: silentProgress, scale })
        return body({ url, fetch: (text) => query(url, text) })
      })
    }),
  )
}

/**
 * Counts, for each foreign key, rows that refer to nothing: by joins, not by the constraint. Rows with a NULL in the key refer to
 * nothing on purpose.
 */
export function countOrphans({ url }: Scaled): Promise<Readonly<Record<string, number>>> {
  return withClient(url, async (client) => {
    const keys = await client.query<{
      name: string
      child: string
      parent: string
      own: string[]
      other: string[]
    }>(`
      SELECT k.conname AS name, k.conrelid::regclass::text AS child, k.confrelid::regclass::text AS parent,
             ARRAY(SELECT quote_ident(a.attname) FROM unnest(k.conkey) WITH ORDINALITY u(n, o) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n ORDER BY o) AS own,
             ARRAY(SELECT quote_ident(a.attname) FROM unnest(k.confkey) WITH ORDINALITY u(n, o) JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.n ORDER BY o) AS other
        FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0 ORDER BY 1`)
    const orphans: Record<string, number> = {}
    for (const { name, child, parent, own, other } of keys.rows) {
      const found = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM ${child} c WHERE ${own.map((column) => `c.${column} IS NOT NULL`).join(' AND ')}
            AND NOT EXISTS (SELECT FROM ${parent} p WHERE ${own.map((column, at) => `p.${other[at]} = c.${column}`).join(' AND ')})`,
      )
      orphans[name] = found.rows[0]?.count ?? -1
    }
    return orphans
  })
}
