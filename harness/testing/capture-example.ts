import { type CaptureOptions, captureSnapshot } from '../capture/capture-snapshot.ts'
import { toMaskKey } from '../capture/mask/mask-key.ts'
import { withClient } from '../ground/with-client.ts'
import { silentProgress } from '../model/ports.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { query } from './with-test-database.ts'

/** Key of the tests. */
export const EXAMPLE_KEY = toMaskKey('a key that only the tests use')

/** Captures a test database, whose role can write, with a policy's text. */
export function captureExample(
  url: string,
  folder: string,
  policy: string,
  changes: Partial<CaptureOptions> = {},
): Promise<Snapshot> {
  return captureSnapshot({
    url,
    source: 'the example',
    policy: { text: policy, name: 'policy.yaml' },
    key: EXAMPLE_KEY,
    folder,
    name: 'example',
    takenAt: '2026-01-06T06:00:00Z',
    allowWriter: 'phaseproof',
    schemaFrom: 'catalog',
    maker: 'the tests',
    code: '',
    progress: silentProgress,
    ...changes,
  })
}

/** A policy with the given tables, in YAML's flow style; reasons `test` and asOf are there. */
export function toExamplePolicy(tables: Readonly<Record<string, unknown>>, more: object = {}): string {
  const reasons = { test: { reason: 'an example', owner: 'the tests', expires: '2099-12-31' } }
  return JSON.stringify({ format: 1, claims: 'none', reasons, asOf: '2026-01-06', tables, ...more }, null, 2)
}

/** Every ordinary row of a database as text, by table; equal for databases that hold the same. */
export async function fetchContent(url: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = await query<{ name: string }>(
    url,
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_' ORDER BY 1`,
  )
  return withClient(url, async (client) => {
    await client.query(`SET TimeZone = 'UTC'`)
    const content: Record<string, readonly string[]> = {}
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT (t.*)::text AS row FROM ${name} t ORDER BY 1`,
      )
      content[name] = rows.map(({ row }) => row)
    }
    return content
  })
}
