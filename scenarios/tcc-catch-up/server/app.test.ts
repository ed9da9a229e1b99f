import { type AddressInfo, createServer, type Socket } from 'node:net'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from './app.ts'
import type { LogEntry } from './log.ts'

const credentials = { email: 'ada@example.invalid', password: 'Lantern-42' }

describe('a server whose database is away', { timeout: 30_000 }, () => {
  const logged: LogEntry[] = []
  let app: App

  beforeAll(async () => {
    // Port 1 is reserved and nothing listens there.
    app = await createApp({
      databaseUrl: 'postgresql://ada:hidden-word@127.0.0.1:1/none',
      log: (entry) => logged.push(entry),
    })
  }, 30_000)
  afterAll(() => app.close())

  it('is not healthy', async () => {
    const response = await request(app.listener).get('/health').expect(503)
    expect(response.body).toMatchObject({ status: 'unhealthy', error: 'The database does not answer.' })
  })

  it('does not call a password wrong that it could not check', async () => {
    const response = await request(app.listener).post('/api/auth/login').send(credentials).expect(503)
    expect(response.body).toEqual({
      success: false,
      error: 'The database does not answer. Try again later.',
      code: 'database-unavailable',
    })
  })

  it.each([
    ['a body that is not JSON', 400, 'invalid-json', '{"email":'],
    ['a body that holds no credentials', 400, 'invalid-input', '[]'],
    ['no body', 400, 'invalid-input', ''],
    ['a body that is too large', 413, 'body-too-large', JSON.stringify({ email: 'a'.repeat(200_000) })],
  ])('still answers %s with %i', async (_what, status, code, body) => {
    const sent = request(app.listener).post('/api/auth/login').set('content-type', 'application/json')
    const response = await sent.send(body).expect(status)
    expect(response.body).toEqual({ success: false, error: expect.any(String), code })
  })

  it.each([
    ['an unknown path', '/api/nothing', 404, 'not-found'],
    ['a malformed path', '/api/%E0%A4%A', 404, 'not-found'],
    ['a missing token', '/api/auth/verify', 401, 'token-missing'],
  ])('still answers %s', async (_what, path, status, code) => {
    const response = await request(app.listener).get(path).expect(status)
    expect(response.body).toEqual({ success: false, error: expect.any(String), code })
  })

  it.each(['e30.e30.e30', 'nonsense'])('still refuses the token %s, which is not its own', async (token) => {
    const sent = request(app.listener).get('/api/auth/verify').auth(token, { type: 'bearer' })
    const response = await sent.expect(401)
    expect(response.body).toEqual({ success: false, error: expect.any(String), code: 'token-invalid' })
  })

  it('logs the failures with neither the e-mail, nor the password, nor the database URL', () => {
    expect(logged.map(({ event }) => event)).toEqual(['unhealthy', 'database-unavailable'])
    expect(JSON.stringify(logged)).not.toMatch(/ada|Lantern|hidden-word/)
  })
})

it('is not healthy when the database accepts connections and never answers', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1')
  await new Promise((resolve) => silent.once('listening', resolve))
  const { port } = silent.address() as AddressInfo
  const app = await createApp({
    databaseUrl: `postgresql://ada@127.0.0.1:${port}/none`,
    healthTimeoutMs: 50,
    log: () => {},
  })
  try {
    const response = await request(app.listener).get('/health').expect(503)
    expect(response.body.error).toBe('The database did not answer within 50 ms.')
  } finally {
    // Closing waits for connections that are being made; ended ones it need not wait for.
    silent.close()
    for (const socket of sockets) socket.destroy()
    await app.close()
    await app.close()
  }
})
