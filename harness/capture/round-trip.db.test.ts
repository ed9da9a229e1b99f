import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { silentProgress } from '../model/ports.ts'
import { loadSnapshot } from '../snapshot/load-snapshot.ts'
import { readSnapshot } from '../snapshot/read-snapshot.ts'
import { AWKWARD_ROWS, AWKWARD_SCHEMA } from '../testing/awkward-tables.ts'
import { captureExample, fetchContent, toExamplePolicy } from '../testing/capture-example.ts'
import { withTemporaryFolder } from '../testing/example-source.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'
import { renderSchema } from './source/render-schema.ts'

const whole = { whole: 'test' }
const policy = toExamplePolicy({
  'Second Space.Odd "Table"': whole,
  'public.part': whole,
  'public.tree': whole,
  'public.keyless': whole,
  'public.none': whole,
})

/** The embedded server's template has its locale from Postgres itself, an image's from its C library. */
const PROVIDER = `SELECT CASE datlocprovider WHEN 'b' THEN 'builtin' ELSE 'libc' END AS provider
  FROM pg_database WHERE datname = current_database()`

async function render(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`SET search_path = ''`)
    return await renderSchema(client)
  } finally {
    await client.end()
  }
}

describe('a database of every type and awkward value', () => {
  it('comes out of a snapshot as it went in: schema, rows, computed columns, sequences', async () => {
    await withTemporaryFolder((parent) =>
      withTestDatabase(inject('postgresUrl'), async (source) => {
        await query(source, AWKWARD_SCHEMA)
        await query(source, AWKWARD_ROWS)
        await captureExample(source, join(parent, 'awkward'), policy)
        const snapshot = await readSnapshot(join(parent, 'awkward'))
        await withTestDatabase(inject('postgresUrl'), async (copy) => {
          await loadSnapshot(snapshot, copy, { progress: silentProgress })
          expect(await fetchContent(copy)).toEqual(await fetchContent(source))
          expect(await render(copy)).toEqual(await render(source))
          expect((await render(source)).unsupported).toEqual([])
        })
      }),
    )
  })

  it('holds the settings, the locale and the extensions of its database', async () => {
    await withTemporaryFolder((parent) =>
      withTestDatabase(inject('postgresUrl'), async (source) => {
        await query(source, AWKWARD_SCHEMA)
        const database = decodeURIComponent(new URL(source).pathname.slice(1))
        await query(source, `ALTER DATABASE "${database}" SET TimeZone = 'Asia/Tokyo'`)
        await query(source, `ALTER DATABASE "${database}" SET search_path = app, public`)
        const { manifest } = await captureExample(source, join(parent, 'set'), policy)
        const { encoding, locale, settings = [] } = manifest.conditions ?? {}
        const [own] = await query<{ provider: string }>(source, PROVIDER)
        expect([encoding, locale]).toEqual(['UTF8', `${own?.provider} C.UTF-8`])
        expect(settings).toContainEqual({ name: 'TimeZone', value: 'Asia/Tokyo' })
        expect(settings).toContainEqual({ name: 'search_path', value: 'app, public' })
        expect(settings).toContainEqual({ name: 'standard_conforming_strings', value: 'on' })
        expect(manifest.conditions?.extensions.map(({ name }) => name)).toContain('plpgsql')
      }),
    )
  })

  it('gives the same bytes when it is captured twice', async () => {
    await withTemporaryFolder((parent) =>
      withTestDatabase(inject('postgresUrl'), async (source) => {
        await query(source, AWKWARD_SCHEMA)
        await query(source, AWKWARD_ROWS)
        const first = await captureExample(source, join(parent, 'a'), policy, { jobs: 1 })
        const second = await captureExample(source, join(parent, 'b'), policy, { jobs: 3 })
        expect(second.manifest).toEqual(first.manifest)
      }),
    )
  })
})
