import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendRequest } from './send-request.ts'

const sockets = new Set<Socket>()
const server = createServer((request, response) => {
  sockets.add(request.socket)
  if (request.url === '/gone') return request.socket.destroy()
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"well":true}')
})
let url: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

describe('a request to a server under test', () => {
  it('has a connection of its own, so that none is used that the server is about to end', async () => {
    await sendRequest(url, { method: 'GET', path: '/one' })
    const { status, body } = await sendRequest(url, { method: 'POST', path: '/two', body: {} })
    expect({ status, body }).toEqual({ status: 200, body: { well: true } })
    expect(sockets.size).toBe(2)
  })

  it('that gets no answer says nothing about the phase', async () => {
    await expect(sendRequest(url, { method: 'GET', path: '/gone' })).rejects.toMatchObject({
      code: 'server-unavailable',
      message: expect.stringContaining('GET /gone got no answer'),
    })
  })
})
