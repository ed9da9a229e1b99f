import { execFile, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findPgDump } from '../harness/capture/source/pg-dump.ts'
import { writeSnapshot } from '../harness/capture/write-snapshot.ts'
import { quoteName, quoteTable } from '../harness/ground/quote.ts'
import { type RunningPostgres, silentProgress } from '../harness/model/ports.ts'
import type { Snapshot } from '../harness/model/snapshot.ts'
import { withPostgres } from '../harness/postgres/start-postgres.ts'
import { loadSnapshot } from '../harness/snapshot/load-snapshot.ts'
import { makeTemporaryCacheFolder } from '../harness/testing/temporary-cache-folder.ts'
import { type Comparison, sideBySide, timed } from './measure.ts'

const run = promisify(execFile)
const RUNS = 3
const RESERVED = 'phaseproof_bench_load'

/**
 * Measures a load of `trips` rows and half as many units, by us and by psql, and by pg_restore -j2 where the machine
 * has one of the server's version. 100,000 trips are about 27 MB.
 */
export async function measureLoad(trips = 300_000): Promise<Comparison[]> {
  const { folder: cacheFolder, remove } = makeTemporaryCacheFolder()
  try {
    const snapshot = await writeExample(join(cacheFolder, 'snapshot'), trips)
    const sizeMb = Math.round(snapshot.manifest.tables.reduce((sum, table) => sum + table.sizeBytes, 0) / 1e6)
    return await withPostgres('embedded', { cacheFolder, progress: silentProgress }, async (server) => {
      const ours = () =>
        inDatabase(server, (url) => timed(() => loadSnapshot(snapshot, url, { progress: silentProgress })))
      const what = `load of a snapshot of ${sizeMb} MB`
      const aim = 'at most 1.0'
      const comparisons: Comparison[] = []
      if (await isThere('psql')) {
        const theirs = () => inDatabase(server, (url) => timed(() => loadWithPsql(snapshot, url)))
        comparisons.push({
          what,
          ...(await sideBySide(RUNS, ours, theirs)),
          against: 'psql, one script',
          aim,
        })
      }
      const { fitting } = await findPgDump(server.version.major)
      if (fitting) {
        const dump = join(cacheFolder, 'dump')
        const restore = fitting.path.replace(/pg_dump$/, 'pg_restore')
        await inDatabase(server, async (url) => {
          await loadSnapshot(snapshot, url, { progress: silentProgress })
          await run(fitting.path, ['--format=directory', '--compress=0', '--jobs=2', `--file=${dump}`, url])
        })
        const theirs = () =>
          inDatabase(server, (url) =>
            timed(async () => {
              await run(restore, ['--jobs=2', '--no-owner', `--dbname=${url}`, dump])
              await run('psql', ['-X', '-q', '-c', 'ANALYZE', url])
            }),
          )
        comparisons.push({
          what,
          ...(await sideBySide(RUNS, ours, theirs)),
          against: 'pg_restore -j2, ANALYZE',
          aim,
        })
        await rm(dump, { recursive: true, force: true })
      }
      return comparisons
    })
  } finally {
    remove()
  }
}

async function inDatabase<T>(server: RunningPostgres, use: (url: string) => Promise<T>): Promise<T> {
  await server.createDatabase(RESERVED, { mark: 'bench' })
  try {
    return await use(server.connectionString(RESERVED))
  } finally {
    await server.dropDatabase(RESERVED)
  }
}

function isThere(tool: string): Promise<boolean> {
  return run(tool, ['--version']).then(
    () => true,
    () => false,
  )
}

async function loadWithPsql({ folder, manifest }: Snapshot, url: string): Promise<void> {
  const script = [
    `\\i '${join(folder, 'schema/pre-data.sql')}'`,
    ...manifest.tables.map(
      (table) =>
        `\\copy ${quoteTable(table)} (${table.columns.map(quoteName).join(', ')}) from '${join(folder, table.file)}'`,
    ),
    `\\i '${join(folder, 'schema/post-data.sql')}'`,
    'ANALYZE;',
  ]
  const child = spawn('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', url], {
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  child.stdin.end(`${script.join('\n')}\n`)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`psql ended with ${code}`)
}

function writeExample(folder: string, trips: number): Promise<Snapshot> {
  const units = Math.ceil(trips / 2)
  const note =
    'The words that stood here were taken out and others of the same length were put in their place.'
  const toUnit = (id: number) => `${id}\tunit ${id}\t{ALS,BLS}\t{"beds": ${id % 9}}`
  const toTrip = (id: number) =>
    `${id}\t${(id * 7919) % units}\tTRP-${String(id).padStart(9, '0')}\t2024-0${1 + (id % 9)}-11 08:15:00.${100 + (id % 900)}\t${note}\t${id % 97}`
  return writeSnapshot(folder, {
    name: 'bench-load',
    takenAt: '2026-01-06T06:00:00Z',
    postgres: { version: '17.4', major: 17 },
    preData: `CREATE TABLE public.unit (id integer NOT NULL, name text, abilities text[], more jsonb);
CREATE TABLE public.trip (id integer NOT NULL, unit integer, number text, at timestamp(3), note text, rank integer);
`,
    postData: `ALTER TABLE ONLY public.unit ADD CONSTRAINT unit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.trip ADD CONSTRAINT trip_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX trip_number ON public.trip (number);
CREATE INDEX trip_unit ON public.trip (unit);
CREATE INDEX unit_name ON public.unit (name);
ALTER TABLE ONLY public.trip ADD CONSTRAINT trip_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(id);
`,
    tables: [
      {
        namespace: 'public',
        name: 'unit',
        columns: ['id', 'name', 'abilities', 'more'],
        rows: toLines(units, toUnit),
      },
      {
        namespace: 'public',
        name: 'trip',
        columns: ['id', 'unit', 'number', 'at', 'note', 'rank'],
        rows: toLines(trips, toTrip),
      },
    ],
    sanitised: { method: 'invented', by: 'bench/load.ts' },
  })
}

function* toLines(count: number, toLine: (id: number) => string): Generator<string> {
  for (let id = 0; id < count; id += 1) yield toLine(id)
}
