import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RepeatedRequest, sendWhile, toEndpointTraffic } from './send-traffic.ts'

let isBusy = false
let hasFailed = () => {}
const server = createServer((request, response) => {
  const fails = isBusy && request.url === '/orders'
  response.writeHead(fails ? 503 : 200).end('{}')
  if (fails) hasFailed()
})
let url = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const toRequest = (path: string): RepeatedRequest => ({
  method: 'GET',
  path,
  headers: {},
  status: 200,
  endpoint: `GET ${path}`,
})
const requests = ['/orders', '/units'].map(toRequest)
const nothing = () => false

it('counts by endpoint what fails while the work goes on', async () => {
  const { traffic, result } = await sendWhile(url, requests, async () => {
    const failed = new Promise<void>((resolve) => {
      hasFailed = resolve
    })
    isBusy = true
    await failed
    isBusy = false
    return 'done'
  })
  const [orders, units] = toEndpointTraffic(traffic, nothing)
  expect(result).toBe('done')
  expect(orders?.failed).toBeGreaterThan(0)
  expect(orders?.message).toBe('it answered 503')
  expect(units).toMatchObject({ endpoint: 'GET /units', failed: 0, message: null })
})

it('sends each request at least once, however short the work is', async () => {
  const { traffic } = await sendWhile(url, requests, async () => {})
  expect(toEndpointTraffic(traffic, nothing).map(({ endpoint }) => endpoint)).toEqual([
    'GET /orders',
    'GET /units',
  ])
})

it('ends with the error of the work, and sends nothing after it', async () => {
  await expect(sendWhile(url, requests, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
})

it('excuses what fails after the phase as well', async () => {
  isBusy = true
  const { traffic } = await sendWhile(url, requests, async () => {})
  isBusy = false
  expect(toEndpointTraffic(traffic, ({ path }) => path === '/orders')[0]?.failed).toBe(0)
})

it('takes a server that is gone for no answer', async () => {
  const { traffic } = await sendWhile('http://127.0.0.1:1', requests.slice(1), async () => {})
  const [units] = toEndpointTraffic(traffic, nothing)
  expect(units?.message).toBe('no answer')
  expect(units?.failed).toBe(units?.requests)
})
