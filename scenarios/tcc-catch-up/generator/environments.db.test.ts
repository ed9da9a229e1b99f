import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { silentProgress } from '../../../harness/model/ports.ts'
import { loadSnapshot } from '../../../harness/snapshot/load-snapshot.ts'
import { readSnapshot } from '../../../harness/snapshot/read-snapshot.ts'
import { query, withTestDatabase } from '../../../harness/testing/with-test-database.ts'
import { ENVIRONMENTS } from './environments.ts'

const SNAPSHOTS = join(import.meta.dirname, '../../../snapshots')

describe.each(ENVIRONMENTS)('$name', ({ name, schema }) => {
  it('loads, and every foreign key is used and holds', async () => {
    const snapshot = await readSnapshot(join(SNAPSHOTS, name))
    await withTestDatabase(inject('postgresUrl'), async (url) => {
      await loadSnapshot(snapshot, url, { progress: silentProgress })
      const keys = await query<{ name: string; table: string; column: string; holds: boolean }>(
        url,
        `SELECT conname AS name, conrelid::regclass::text AS table, convalidated AS holds, quote_ident(attname) AS column
           FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
          WHERE contype = 'f' ORDER BY conname`,
      )
      expect(keys.length).toBe(schema === 'production' ? 1 : 21)
      for (const key of keys) {
        expect(key.holds, key.name).toBe(true)
        const rows = await query(url, `SELECT 1 FROM ${key.table} WHERE ${key.column} IS NOT NULL LIMIT 1`)
        expect(rows, key.name).toHaveLength(1)
      }
      const columns = await query<{ count: number }>(
        url,
        `SELECT count(*)::int FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`,
      )
      expect(columns).toEqual([{ count: schema === 'production' ? 122 : 460 }])
    })
  })
})
