import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { toMaskKey } from '../harness/capture/mask/mask-key.ts'
import { maskRows } from '../harness/capture/mask-rows.ts'
import { findPgDump } from '../harness/capture/source/pg-dump.ts'
import { renderTableQuery } from '../harness/capture/source/table-query.ts'
import { toIntegerClasses, toTablePlan } from '../harness/capture/table-plan.ts'
import { toWholeRows } from '../harness/capture/whole-rows.ts'
import { fetchSource } from '../harness/ground/fetch-source.ts'
import { parsePolicy } from '../harness/ground/snapshot-format/parse-policy.ts'
import { silentProgress } from '../harness/model/ports.ts'
import { withPostgres } from '../harness/postgres/start-postgres.ts'
import { makeTemporaryCacheFolder } from '../harness/testing/temporary-cache-folder.ts'
import type { CaptureTook } from './capture-once.ts'
import { type Comparison, sideBySide, timed } from './measure.ts'
import { FILL, POLICY, SCHEMA } from './transports.ts'

const run = promisify(execFile)
const RUNS = 3
const RESERVED = 'phaseproof_bench_capture'
const MASK_AIM_MBS = 40
const MEMORY_AIM_MB = 256

/** A dump of the same rows by another program, to compare with. */
interface Yardstick {
  readonly against: string
  readonly dump: () => Promise<number>
}

/**
 * Measures a capture of so many rows of 350 bytes beside a dump of them. In words it adds what no ratio tells: how
 * fast one processor masks, and what memory and leak proof take.
 */
export async function measureCapture(
  project: string,
  rows = 200_000,
): Promise<{ readonly comparisons: readonly Comparison[]; readonly words: readonly string[] }> {
  const { folder: cacheFolder, remove } = makeTemporaryCacheFolder()
  const folder = await mkdtemp(join(tmpdir(), 'phaseproof-bench-'))
  try {
    return await withPostgres('embedded', { cacheFolder, progress: silentProgress }, async (server) => {
      await server.createDatabase(RESERVED, { mark: 'bench' })
      const url = server.connectionString(RESERVED)
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      try {
        await client.query(SCHEMA)
        await client.query(FILL, [rows])
        await client.query('VACUUM ANALYZE')
        const maskingMbs = await measureMasking(client)
        const took: CaptureTook[] = []
        const capture = async () => {
          const one = await captureOnce(project, url, join(folder, 'snapshot'))
          took.push(one)
          return one.captureMs
        }
        const yardstick = await findYardstick(url, folder, server.version.major)
        const measured = await sideBySide(RUNS, capture, yardstick.dump)
        const last = took.at(-1) as CaptureTook
        const sizeMb = Math.round(last.sizeBytes / 1e6)
        const peakMb = Math.max(...took.map(({ peakBytes }) => peakBytes)) / 1e6
        const shares = took.map(({ proofMs, captureMs }) => proofMs / captureMs).toSorted((a, b) => a - b)
        const share = shares[shares.length >> 1] ?? Number.NaN
        return {
          comparisons: [
            {
              what: `capture of ${sizeMb} MB, its leak proof left out`,
              ...measured,
              against: yardstick.against,
              aim: 'at most 2.0',
            },
          ],
          words: [
            `Masking, rows of 18 columns of which 13 are masked: ${maskingMbs.toFixed(0)} MB for each second of one processor (aim: at least ${MASK_AIM_MBS}).`,
            `Memory of the capture of ${sizeMb} MB, ${rows} rows, leak proof included: ${peakMb.toFixed(0)} MB at most (aim: ${MEMORY_AIM_MB}, whatever the number of rows).`,
            `The leak proof takes ${share.toFixed(1)} times what the capture takes without it.`,
          ],
        }
      } finally {
        await client.end()
        await server.dropDatabase(RESERVED)
      }
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
    remove()
  }
}

async function captureOnce(project: string, url: string, folder: string): Promise<CaptureTook> {
  const program = join(project, 'bench/capture-once.ts')
  const { stdout } = await run(process.execPath, ['--import', 'tsx', program, url, folder], { cwd: project })
  return JSON.parse(stdout) as CaptureTook
}

async function measureMasking(client: pg.Client): Promise<number> {
  const source = await fetchSource(client, 'the measured database')
  const parsed = parsePolicy(POLICY)
  const table = source.tables[0]
  if (!parsed.ok || !table) throw new Error('the measured policy is faulty')
  const shared = {
    policy: parsed.policy,
    key: toMaskKey('the key of the measurements'),
    integerClasses: toIntegerClasses(parsed.policy, source),
    numbers: new Map(),
  }
  const plan = toTablePlan(table, shared)
  if (!plan) throw new Error('the measured table has no plan')
  const columns = plan.columns.map(({ column }) => column.name)
  const query = renderTableQuery({ ...plan, columns, limit: 100_000 }, source)
  const pieces: Buffer[] = []
  for await (const rows of toWholeRows(client.query(copyTo(`COPY (${query}) TO STDOUT`)))) pieces.push(rows)
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0)
  let best = 0
  for (let round = 0; round < 5; round += 1) {
    const fresh = toTablePlan(table, shared) ?? plan
    // Time of the processor: what else the machine does takes none of it.
    const from = process.cpuUsage()
    for (const piece of pieces) maskRows(fresh, piece)
    const { user, system } = process.cpuUsage(from)
    best = Math.max(best, bytes / (user + system))
  }
  return best
}

/**
 * Finds a pg_dump that can read the server, of this machine or of the container image of its version, or else uses
 * COPY by psql.
 */
async function findYardstick(url: string, folder: string, major: number): Promise<Yardstick> {
  const { fitting } = await findPgDump(major)
  const file = join(folder, 'dump.sql')
  if (fitting) {
    const dump = () => timed(() => run(fitting.path, ['--data-only', `--file=${file}`, url]))
    return { against: `pg_dump ${fitting.version} --data-only`, dump }
  }
  const image = `postgres:${major}-alpine`
  // Timed inside, as a container's start is no part of a dump; hundredths of a second.
  const script = `cat /proc/uptime; pg_dump --data-only --file='${file}' "$0" && cat /proc/uptime`
  const inContainer = async () => {
    const mount = ['--network=host', `--volume=${folder}:${folder}`]
    const { stdout } = await run('docker', [
      'run',
      '--rm',
      '--pull=never',
      ...mount,
      image,
      'sh',
      '-c',
      script,
      url,
    ])
    const [from, until] = stdout.split('\n').map((line) => Number(line.split(' ')[0])) as [number, number]
    return (until - from) * 1000
  }
  const isThere = await inContainer().catch(() => null)
  if (isThere !== null) return { against: `pg_dump --data-only of ${image}`, dump: inContainer }
  const dump = () => timed(() => run('psql', [url, '-qc', `\\copy transport to '${file}'`]))
  return { against: 'psql, COPY TO of the table', dump }
}
