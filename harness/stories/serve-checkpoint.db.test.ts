import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import syntaxFails from '../../scenarios/broken/migration-failed-syntax/scenario.ts'
import tcc from '../../scenarios/tcc-catch-up/scenario.ts'
import type { Scenario } from '../model/scenario.ts'
import { type OpenServer, openDatabases } from '../postgres/databases.ts'
import { type ServedCheckpoint, serveCheckpoint } from './serve-checkpoint.ts'
import '../vitest/provided.ts'

// Under a name of its own, for others use the checkpoints of the real one at the same time.
const name = `tcc-served-${process.pid}`
const folder = '../tcc-catch-up'
const scenario: Scenario = {
  ...tcc,
  name,
  server: { module: `${folder}/server/app.ts` },
  contract: { document: `${folder}/openapi.yaml`, sweep: `${folder}/sweep.ts` },
}
let server: OpenServer
let cacheFolder: string

beforeAll(async () => {
  server = await openDatabases(inject('postgresAddress'))
  cacheFolder = mkdtempSync(join(tmpdir(), 'phaseproof-served-'))
})
afterAll(async () => {
  for (const database of await ours()) await server.dropDatabase(database)
  await server.close()
  rmSync(cacheFolder, { recursive: true, force: true })
})

const ours = async (mark = '') =>
  (await server.listDatabases())
    .filter((entry) => entry.mark.includes(`served_${process.pid}`) && entry.mark.startsWith(mark))
    .map((entry) => entry.name)

function serve(
  of: Scenario,
  upTo: number,
  use: (served: ServedCheckpoint) => Promise<void>,
  port = 0,
): Promise<void> {
  const progress = { step() {}, count() {} }
  return serveCheckpoint(
    { scenario: of, upTo, fresh: false, strict: false, keep: 'nothing' },
    { server, projectRoot: process.cwd(), cacheFolder, progress },
    port,
    use,
  )
}

const never = () => Promise.reject(new Error('it was served'))
const post = (url: string, body: object) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

describe('a served checkpoint', () => {
  it('answers, with logins that work and rows to look at, and is gone afterwards', async () => {
    let url = ''
    await serve(scenario, 2, async (served) => {
      url = served.url
      expect((await fetch(`${url}/health`)).status).toBe(200)
      expect(await ours('clone')).toHaveLength(1)
      // Healthcare's users come with phase 3.
      expect(served.logins.map(({ kind }) => kind)).toEqual(['ADMIN', 'EMS'])
      for (const { path, body } of served.logins) {
        const answer = await post(`${url}${path}`, body)
        const { token } = (await answer.json()) as { token: string }
        const verified = await fetch(`${url}/api/auth/verify`, {
          headers: { authorization: `Bearer ${token}` },
        })
        expect(verified.status).toBe(200)
      }
      expect(await (await fetch(`${url}/api/tcc/agencies`)).text()).toContain('sweep-ems_agencies')
    })
    expect(await ours('clone')).toEqual([])
    await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed')
  })

  it('has the API beside it as a page and as the document itself', async () => {
    await serve(scenario, 2, async ({ url, page }) => {
      expect(page).toBe(`${url}/openapi`)
      const shown = await fetch(`${page}?from=a-link`)
      expect(shown.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(await shown.text()).toMatch(/on the database after phase 2[\s\S]*createTrip, from phase 4/)
      expect((await fetch(`${page}`, { method: 'HEAD' })).status).toBe(200)
      const json = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: object }
      expect(Object.keys(json.paths)).toContain('/api/trips')
    })
  })

  it('forgets what was written: the next one begins as this one did', async () => {
    const register = {
      email: 'looked.around@tcc.example.invalid',
      password: 'Phaseproof-Test-1!',
      name: 'Who Looks',
      agencyName: 'Look Ambulance',
    }
    for (const _ of ['first', 'second']) {
      await serve(scenario, 2, async ({ url }) => {
        expect((await post(`${url}/api/auth/ems/register`, register)).status).toBe(201)
        expect((await post(`${url}/api/auth/ems/register`, register)).status).toBe(409)
      })
    }
  })

  it('is gone when looking around ends with an error', async () => {
    await expect(serve(scenario, 2, never)).rejects.toThrow('it was served')
    expect(await ours('clone')).toEqual([])
  })
})

describe('nothing is served', () => {
  const { server: _server, earlierServers: _earlier, ...serverless } = scenario
  const url = { url: 'http://127.0.0.1:9' }

  it('of a scenario without a server', async () => {
    const attempt = serve(serverless, 2, never)
    await expect(attempt).rejects.toMatchObject({
      code: 'usage',
      message: `Scenario ${name} names no server.`,
    })
  })

  it('of a phase whose migrations fail', async () => {
    const attempt = serve({ ...syntaxFails, name, server: url }, syntaxFails.phases.length, never)
    await expect(attempt).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/has no checkpoint: its migrations failed/),
    })
  })

  it('of a phase that is not in the plan', async () => {
    await expect(serve(scenario, 10, never)).rejects.toMatchObject({ code: 'usage' })
  })

  it('when the server does not answer, and no clone stays', async () => {
    await expect(serve({ ...scenario, server: url }, 2, never)).rejects.toMatchObject({
      code: 'server-unavailable',
    })
    expect(await ours('clone')).toEqual([])
  })

  it('on a port that somebody else listens on, and no clone stays', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    await expect(serve(scenario, 2, never, port)).rejects.toMatchObject({
      code: 'usage',
      message: `Listening on port ${port} of 127.0.0.1 was refused: EADDRINUSE.`,
    })
    expect(await ours('clone')).toEqual([])
    await new Promise((resolve) => other.close(resolve))
  })
})
