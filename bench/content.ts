import { fetchContent } from '../harness/inspect/content/fetch-content.ts'
import { silentProgress } from '../harness/model/ports.ts'
import { withPostgres } from '../harness/postgres/start-postgres.ts'
import { makeTemporaryCacheFolder } from '../harness/testing/temporary-cache-folder.ts'
import { type Comparison, sideBySide, timed } from './measure.ts'
import { withClient } from './raw.ts'

const RUNS = 3
/** Rows of six columns; `md5` gives texts that do not repeat. */
const TABLE = `CREATE TABLE content AS
  SELECT g AS id, md5(g::text) AS name, g * 1.01::numeric AS amount, timestamptz '2026-01-01Z' + g * interval '1 second' AS made,
    g % 3 = 0 AS is_open, gen_random_uuid() AS reference FROM generate_series(1, `
const COLUMNS = ['id', 'name', 'amount', 'made', 'is_open', 'reference']

/** Measures the digest of a table's values beside one scan that reads the text of every value, for each number of rows. */
export async function measureContent(sizes: readonly number[]): Promise<Comparison[]> {
  const { folder: cacheFolder, remove } = makeTemporaryCacheFolder()
  try {
    return await withPostgres('embedded', { cacheFolder, progress: silentProgress }, async (server) => {
      const lines: Comparison[] = []
      for (const rows of sizes) {
        const name = `phaseproof_bench_content_${rows}`
        await server.createDatabase(name, { mark: 'bench' })
        try {
          lines.push(await compareContent(server.connectionString(name), rows))
        } finally {
          await server.dropDatabase(name)
        }
      }
      return lines
    })
  } finally {
    remove()
  }
}

async function compareContent(url: string, rows: number): Promise<Comparison> {
  await withClient(url, async (client) => {
    await client.query(`${TABLE}${rows}) g`)
    await client.query('ALTER TABLE content ADD PRIMARY KEY (id)')
    await client.query('VACUUM ANALYZE content')
  })
  const texts = COLUMNS.map((column) => `sum(length(${column}::text))`).join(', ')
  const scan = () =>
    withClient(url, (client) => timed(() => client.query(`SELECT count(*), ${texts} FROM content`)))
  const against = 'one scan, SELECT count(*), sum(length(c::text)), …'
  const millions = `${rows / 1_000_000} million rows of 6 columns`
  const digest = await sideBySide(RUNS, () => timed(() => fetchContent(url, 'history', null)), scan)
  return { what: `digest of all values, ${millions}`, ...digest, against, aim: 'at most 1.0' }
}
