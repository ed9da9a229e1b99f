import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServerSpec } from '../model/scenario.ts'
import { withServer } from './with-server.ts'

const databaseUrl = 'postgresql://ada:hidden-word@127.0.0.1:1/none'
const listen = (answer: string) =>
  `const http = require('node:http'); http.createServer((q, s) => { ${answer} }).listen(process.env.PORT, '127.0.0.1')`
const healthy = listen(`s.end(JSON.stringify({ path: q.url, database: process.env.DATABASE_URL }))`)
const node = (script: string): ServerSpec => ({
  command: [process.execPath, '-e', script],
  startTimeoutMs: 1_500,
})
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phaseproof-server-'))
  await writeFile(
    join(folder, 'app.mjs'),
    `export async function createApp({ databaseUrl }) {
       return { listener: (q, s) => s.end(JSON.stringify({ database: databaseUrl })), async close() {} }
     }`,
  )
  await writeFile(join(folder, 'empty.mjs'), 'export const nothing = 1')
  await writeFile(
    join(folder, 'throwing.mjs'),
    `throw new Error('no ' + 'postgresql://ada:hidden-word@host/x')`,
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = <T>(spec: ServerSpec, use: (url: string) => Promise<T>) =>
  withServer(spec, { folder, databaseUrl }, use)
const read = async (url: string) => (await fetch(url)).json()
const isReachable = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  )

describe('a server', { timeout: 30_000 }, () => {
  it.each<[string, ServerSpec]>([
    ['of a module', { module: './app.mjs' }],
    ['of a command', node(healthy)],
  ])('%s runs on the database and is gone afterwards', async (_what, spec) => {
    const url = await run(spec, async (base) => {
      expect(await read(base)).toMatchObject({ database: databaseUrl })
      return base
    })
    expect(await isReachable(url)).toBe(false)
  })

  it('of a module never gives an idle connection up, on which the next request may be under way', async () => {
    await run({ module: './app.mjs' }, async (base) => {
      expect((await fetch(base)).headers.get('keep-alive')).toBeNull()
    })
  })

  it('of a command is gone when its user fails', async () => {
    let url = ''
    const failing = run(node(healthy), async (base) => {
      url = base
      throw new Error('of the user')
    })
    await expect(failing).rejects.toThrow('of the user')
    expect(await isReachable(url)).toBe(false)
  })

  it('of a command is gone with its children, also those that do not listen to signals', async () => {
    const parent = `const c = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(`process.on('SIGTERM', () => {}); ${healthy}`)}], { stdio: 'inherit' }); c.unref(); setInterval(() => {}, 1000)`
    const url = await run(node(parent), async (base) => base)
    expect(await isReachable(url)).toBe(false)
  })

  it('of a URL is used and left running', async () => {
    const server = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    expect(await run({ url }, async (base) => base)).toBe(url.slice(0, -1))
    expect(await isReachable(url)).toBe(true)
    await new Promise((resolve) => server.close(resolve))
  })

  it.each<[string, ServerSpec, RegExp]>([
    ['that is not there', { command: ['no-such-program'] }, /did not start: .*ENOENT/],
    [
      'that dies',
      node(`console.error('no port for ' + process.env.DATABASE_URL); process.exit(3)`),
      /exit code 3/,
    ],
    [
      'that hangs',
      node('setInterval(() => {}, 1000)'),
      /did not answer 200 within 1500 ms; at last: no connection/,
    ],
    ['that accepts and never answers', node(listen('')), /at last: no answer within a second/],
    ['that is never healthy', node(listen('s.statusCode = 503; s.end()')), /at last: status 503/],
    ['without createApp', { module: './empty.mjs' }, /no export named createApp/],
    ['whose module throws', { module: './throwing.mjs' }, /no postgresql:\/\/ada:\*\*\*@host/],
    ['at a URL where nobody listens', { url: 'http://127.0.0.1:1' }, /nobody listens there/],
  ])('%s can not be judged', async (_what, spec, message) => {
    const failure = await run(spec, async () => 'used').catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'HarnessError', code: 'server-unavailable' })
    expect((failure as Error).message).toMatch(message)
    expect((failure as Error).message).not.toContain('hidden-word')
  })

  it('that dies is quoted with its last lines', async () => {
    const script = `for (let i = 0; i < 100; i++) console.log('line ' + i); console.error('no table'); process.exitCode = 1`
    const failure = await run(node(script), async () => 'used').catch((error: unknown) => error)
    expect((failure as Error).message).toMatch(/\| line 99\n/)
    expect((failure as Error).message).not.toContain('| line 5\n')
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'of a command ends with a process that is ended by %s',
    async (signal) => {
      const script = `
      import { withServer } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'with-server.ts')).href)}
      const spec = ${JSON.stringify(node(healthy))}
      await withServer({ ...spec, startTimeoutMs: 15000 }, { folder: '.', databaseUrl: 'x' }, async (url) => {
        console.log(url)
        await new Promise(() => setInterval(() => {}, 1000))
      })`
      const args = ['--import', 'tsx', '--input-type=module', '-e', script]
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
      const url = await new Promise<string>((resolve) => {
        child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()))
      })
      expect(await isReachable(url)).toBe(true)
      const ended = new Promise((resolve) => child.once('exit', (_code, by) => resolve(by)))
      child.kill(signal)
      expect(await ended).toBe(signal)
      await sleep(100)
      expect(await isReachable(url)).toBe(false)
    },
  )
})
