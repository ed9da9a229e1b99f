import { quoteTable } from '../ground/quote.ts'
import { listReachedTables } from '../ground/sql/list-reached-tables.ts'
import { withDatabase } from '../inspect/with-database.ts'
import type { HiddenRows } from '../model/cluster.ts'
import type { Migration } from '../model/history.ts'

/** Where the migrated database is reached, and by whom. */
interface Sight {
  readonly migrator: string
  /** Connection strings of the same database. */
  readonly migratorUrl: string
  readonly superuserUrl: string
}

/** Finds rows that row security hides from the role that applied migrations, in tables whose rows these were to change. */
export async function findHiddenRows(
  { migrator, migratorUrl, superuserUrl }: Sight,
  migrations: readonly Migration[],
): Promise<readonly HiddenRows[]> {
  const reached = await Promise.all(
    migrations.map(async ({ sql, file }) => (await listReachedTables(sql)).map((one) => ({ ...one, file }))),
  )
  if (reached.flat().length === 0) return []
  return withDatabase(superuserUrl, async (client) => {
    const { rows: secured } = await client.query<{ namespace: string; name: string }>(SECURED)
    const found: HiddenRows[] = []
    for (const { namespace, name } of secured) {
      const all = reached.flat().filter(({ table }) => table === `${namespace}.${name}`)
      const [first] = all
      if (first === undefined) continue
      const sql = `SELECT count(*)::int AS rows FROM ${quoteTable({ namespace, name })}`
      const rows = (await client.query<{ rows: number }>(sql)).rows[0]?.rows ?? 0
      const visible = await withDatabase(migratorUrl, (seeing) => seeing.query<{ rows: number }>(sql))
        .then((result) => result.rows[0]?.rows ?? 0)
        // A role that may not read a table has been refused by its migration, too, if that matters.
        .catch(() => rows)
      if (visible < rows) {
        const { statement, file, line } = first
        const table = namespace === 'public' ? name : `${namespace}.${name}`
        found.push({ table, role: migrator, statement, file, line, visible, rows })
      }
    }
    return found
  })
}

const SECURED = `SELECT n.nspname AS namespace, c.relname AS name FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relrowsecurity AND c.relkind IN ('r', 'p') ORDER BY 1, 2`
