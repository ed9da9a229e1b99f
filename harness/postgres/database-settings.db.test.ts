import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { withClient } from '../ground/with-client.ts'
import { type OpenServer, openDatabases } from './databases.ts'
import '../vitest/provided.ts'

const names = ['phaseproof_settings_a', 'phaseproof_settings_b', 'phaseproof_settings_c'] as const
const [first, second, third] = names
const ours = { encoding: 'UTF8', locale: 'builtin C.UTF-8', settings: [], extensions: [] }
let server: OpenServer

beforeAll(async () => {
  server = await openDatabases(inject('postgresAddress'))
})
afterAll(async () => {
  for (const name of names) await server.dropDatabase(name)
  await server.close()
})

function show(database: string, setting: string): Promise<unknown> {
  return withClient(server.connectionString(database), async (client) => {
    const { rows } = await client.query('SELECT current_setting($1) AS value', [setting])
    return rows[0]?.value
  })
}

it('gives a database production’s settings, and a copy those of its template', async () => {
  const settings = [
    { name: 'TimeZone', value: 'Europe/Paris' },
    { name: 'DateStyle', value: 'ISO, DMY' },
    { name: 'search_path', value: '"$user", app, "My, Space", public' },
  ]
  await server.createDatabase(first, { mark: 'test', conditions: { ...ours, settings } })
  await server.sealDatabase(first, 'test')
  await server.createDatabase(second, { mark: 'test', template: first })
  expect(await show(second, 'TimeZone')).toBe('Europe/Paris')
  expect(await show(second, 'DateStyle')).toBe('ISO, DMY')
  expect(await show(second, 'search_path')).toBe('"$user", app, "My, Space", public')
})

it('calls a setting that this server does not know something that it lacks, and leaves no database', async () => {
  const settings = [{ name: 'TimeZone', value: 'Mars/Phobos' }]
  await expect(
    server.createDatabase(third, { mark: 'test', conditions: { ...ours, settings } }),
  ).rejects.toMatchObject({
    code: 'server-lacks',
    context: { object: 'setting TimeZone' },
  })
  expect((await server.listDatabases()).map(({ name }) => name)).not.toContain(third)
})

it.each([
  ['icu de-DE', 'UTF8', { encoding: 'UTF8', locale: 'icu de-DE' }],
  ['libc C', 'UTF8', { encoding: 'UTF8', locale: 'libc C' }],
  ['libc C', 'LATIN1', { encoding: 'LATIN1', locale: 'libc C' }],
  // What this server lacks: the encoding stays, and so does what the server has of its own.
  ['libc xx_XX.iso88591', 'LATIN1', { encoding: 'LATIN1', locale: 'libc C' }],
  ['libc xx_XX.utf8', 'UTF8', { encoding: 'UTF8', locale: expect.any(String) }],
])('makes a database by %s in %s, as far as the server can', async (locale, encoding, made) => {
  await server.dropDatabase(third)
  await server.createDatabase(third, { mark: 'test', conditions: { ...ours, locale, encoding } })
  expect(await server.fetchConditions(third)).toEqual(made)
})
