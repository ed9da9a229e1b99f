import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { silentProgress } from '../harness/model/ports.ts'
import { captureSnapshot } from '../harness/snapshot/capture/capture-snapshot.ts'
import { fetchSource } from '../harness/snapshot/capture/fetch-source.ts'
import { maskRows } from '../harness/snapshot/capture/mask-rows.ts'
import { findPgDump } from '../harness/snapshot/capture/pg-dump.ts'
import { toIntegerClasses, toTablePlan } from '../harness/snapshot/capture/table-plan.ts'
import { renderTableQuery } from '../harness/snapshot/capture/table-query.ts'
import { toWholeRows } from '../harness/snapshot/capture/whole-rows.ts'
import { toMaskKey } from '../harness/snapshot/mask/mask-key.ts'
import { parsePolicy } from '../harness/snapshot/policy/parse-policy.ts'

/** What a capture costs beside a dump of the same rows. */
export interface CaptureFigures {
  readonly rows: number
  /** Of the rows in COPY's text format. */
  readonly sizeBytes: number
  /** Masking alone, in memory, on one core. */
  readonly maskingMBs: number
  /** From the server through the masks into files, schema and scan included. */
  readonly captureMBs: number
  readonly captureMs: number
  /** Of `pg_dump --data-only`; null where none can read the server. */
  readonly dumpMs: number | null
  /** The same COPY to nowhere, by psql: what the server alone costs; null without psql. */
  readonly copyMs: number | null
  /** Highest resident memory of this process while it captured. */
  readonly peakBytes: number
}

const run = promisify(execFile)
const KEY = toMaskKey('the key of the measurements')

/**
 * Fills an empty database with people and their transports and measures. The rows have the mix of a real table: ids, a name, ways
 * to reach a person, dates, a document, notes.
 * @param url a database of ours; its table `transport` is replaced
 */
export async function benchCapture(url: string, rows: number): Promise<CaptureFigures> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const folder = await mkdtemp(join(tmpdir(), 'phaseproof-bench-'))
  try {
    await client.query(`DROP TABLE IF EXISTS transport; ${SCHEMA}`)
    await client.query(FILL, [rows])
    await client.query('VACUUM ANALYZE')
    const maskingMBs = await measureMasking(client)
    const before = process.memoryUsage().rss
    let peakBytes = before
    const watch = setInterval(() => {
      peakBytes = Math.max(peakBytes, process.memoryUsage().rss)
    }, 50)
    const startedAt = performance.now()
    const { manifest } = await captureSnapshot({
      url,
      source: 'the measured database',
      policy: { text: POLICY, name: 'policy' },
      key: KEY,
      folder: join(folder, 'snapshot'),
      name: 'measured',
      allowWriter: new URL(url).username,
      schemaFrom: 'catalog',
      maker: 'the measurements',
      progress: silentProgress,
    })
    const captureMs = performance.now() - startedAt
    clearInterval(watch)
    const sizeBytes = manifest.tables.reduce((sum, table) => sum + table.sizeBytes, 0)
    return {
      rows,
      sizeBytes,
      maskingMBs,
      captureMBs: sizeBytes / 1e6 / (captureMs / 1e3),
      captureMs,
      dumpMs: await measureDump(url, join(folder, 'dump.sql')),
      copyMs: await measureCopy(url, join(folder, 'copy')),
      peakBytes,
    }
  } finally {
    await client.end()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureMasking(client: pg.Client): Promise<number> {
  const source = await fetchSource(client, 'the measured database')
  const parsed = parsePolicy(POLICY)
  const table = source.tables[0]
  if (!parsed.ok || !table) throw new Error('the measured policy is faulty')
  const shared = {
    policy: parsed.policy,
    key: KEY,
    integerClasses: toIntegerClasses(parsed.policy, source),
    numbers: new Map(),
  }
  const plan = toTablePlan(table, shared)
  if (!plan) throw new Error('the measured table has no plan')
  const columns = plan.columns.map(({ column }) => column.name)
  const query = renderTableQuery({ ...plan, columns, limit: 40_000 }, source)
  const pieces: Buffer[] = []
  for await (const rows of toWholeRows(client.query(copyTo(`COPY (${query}) TO STDOUT`)))) pieces.push(rows)
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0)
  let best = 0
  for (let round = 0; round < 4; round += 1) {
    const fresh = toTablePlan(table, shared) ?? plan
    const from = process.cpuUsage()
    for (const piece of pieces) maskRows(fresh, piece)
    const { user, system } = process.cpuUsage(from)
    best = Math.max(best, bytes / (user + system))
  }
  return best
}

async function measureDump(url: string, file: string): Promise<number | null> {
  const { fitting } = await findPgDump(17)
  if (!fitting) return null
  const startedAt = performance.now()
  await run(fitting.path, ['--data-only', `--file=${file}`, url])
  return performance.now() - startedAt
}

async function measureCopy(url: string, file: string): Promise<number | null> {
  const startedAt = performance.now()
  try {
    await run('psql', [url, '-qc', `\\copy transport to '${file}'`])
  } catch {
    return null
  }
  const ms = performance.now() - startedAt
  return (await stat(file)).size > 0 ? ms : null
}

const SCHEMA = `
  CREATE TABLE transport (id text PRIMARY KEY, "number" text UNIQUE, "patientId" text, patient text, phone text, email text, "from" text, "to" text,
    zip text, level text, status text, "scheduledAt" timestamp(3), "createdAt" timestamp(3), "updatedAt" timestamp(3), miles numeric(8,2),
    oxygen boolean, doc jsonb, notes text)`

const FILL = `
  INSERT INTO transport
  SELECT 'c' || substr(md5(i::text) || md5((i * 7)::text), 1, 24), 'TRP-' || lpad(i::text, 8, '0'), 'PT-' || lpad((i % 50000)::text, 6, '0'),
         'Person ' || (i % 9000) || ' Surname' || (i % 700), '212-867-' || lpad((i % 10000)::text, 4, '0'), 'person' || i || '@mail.example',
         (i % 9000) || ' Orchard Lane', (i % 800) || ' Mill Road', lpad((i % 99999)::text, 5, '0'), (ARRAY['BLS','ALS','CCT'])[1 + i % 3],
         (ARRAY['PENDING','DONE','CANCELLED'])[1 + i % 3], t, t - interval '1 day', t + interval '2 days', (i % 9000) / 7.0, i % 2 = 0,
         jsonb_build_object('source', 'web', 'steps', jsonb_build_array(i % 7, i % 11), 'by', 'user ' || (i % 300)),
         CASE WHEN i % 3 = 0 THEN repeat('Patient asked for a window, and for a call before departure. ', 1 + i % 5) END
    FROM generate_series(1, $1::int) i, LATERAL (SELECT timestamp '2020-01-01' + i * interval '97 seconds' AS t) m`

const keep = { rule: 'keep', because: 'measured' }
const moment = { type: 'timestamp(3) without time zone', rule: 'date-shift' }
const text = (rule: object) => ({ type: 'text', ...rule })
const POLICY = JSON.stringify({
  format: 1,
  claims: 'none',
  reasons: { measured: { reason: 'invented', owner: 'the measurements', expires: '2099-12-31' } },
  tables: {
    'public.transport': {
      subject: { kind: 'patient', column: 'patientId' },
      columns: {
        id: text({ rule: 'surrogate', class: 'transport' }),
        number: text({ rule: 'surrogate', class: 'number', prefix: 'TRP-' }),
        patientId: text({ rule: 'surrogate', class: 'patient' }),
        patient: text({ rule: 'name' }),
        phone: text({ rule: 'phone' }),
        email: text({ rule: 'email' }),
        from: text({ rule: 'address', part: 'street' }),
        to: text({ rule: 'address', part: 'street' }),
        zip: text({ rule: 'zip3' }),
        level: text(keep),
        status: text(keep),
        scheduledAt: moment,
        createdAt: moment,
        updatedAt: moment,
        miles: { type: 'numeric(8,2)', ...keep },
        oxygen: { type: 'boolean', ...keep },
        doc: {
          type: 'jsonb',
          rule: 'json',
          paths: { '$.source': keep, '$.steps[]': keep, '$.by': { rule: 'name' } },
        },
        notes: text({ rule: 'free-text' }),
      },
    },
  },
})
