import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordApi } from './recorded-api.ts'

const server = createServer((request, response) => {
  response.writeHead(Number(request.url?.slice(1)), { 'content-type': 'application/json' }).end('{}')
})
let url: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

describe('answers without a document', () => {
  it('are at fault when the server failed, whatever the test thinks of it', async () => {
    const recorded = recordApi(url, null)
    await recorded.api.get('/503')
    expect(recorded.faults).toMatchObject([{ check: 'not_a_server_error', request: 'GET /503', status: 503 }])
    expect(recorded.statuses).toEqual([503])
  })

  it('are not when it answered or refused', async () => {
    const recorded = recordApi(url, null)
    await recorded.api.get('/200')
    await recorded.api.post('/422')
    expect(recorded.faults).toEqual([])
    expect(recorded.statuses).toEqual([200, 422])
  })
})

describe('requests that nobody waited for', () => {
  it.for([
    ['an answer', '/200', 'get', []],
    ['a refusal', '/422', 'post', []],
    ['a failure of the server', '/503', 'get', []],
  ] as const)('are none after %s', async ([, path, method, open]) => {
    const recorded = recordApi(url, null)
    await recorded.api[method](path)
    expect(recorded.open()).toEqual(open)
  })

  it('are none after a connection that failed', async () => {
    const recorded = recordApi('http://127.0.0.1:1', null)
    await expect(recorded.api.get('/200')).rejects.toThrow('ECONNREFUSED')
    expect(recorded.open()).toEqual([])
  })

  it('are those that were never sent, and those still on their way', async () => {
    const recorded = recordApi(url, null)
    void recorded.api.get('/200')
    const sent = recorded.api.post('/422').then(() => {})
    expect(recorded.open()).toEqual(['GET /200', 'POST /422'])
    await sent
    expect(recorded.open()).toEqual(['GET /200'])
  })
})
