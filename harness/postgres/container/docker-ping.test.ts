import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { pingDocker, toDockerAddresses } from './docker-ping.ts'
import { container } from './provider.ts'

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

/** An engine on a unix socket that answers a ping with a status, or never. Returns DOCKER_HOST. */
async function startEngine(status: number | 'never'): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'engine-'))
  const socketPath = path.join(folder, 'docker.sock')
  const engine = http.createServer((request, response) => {
    if (status !== 'never') response.writeHead(request.url === '/_ping' ? status : 404).end()
  })
  await new Promise<void>((resolve) => engine.listen(socketPath, resolve))
  cleanUps.push(() => {
    engine.closeAllConnections()
    engine.close()
    rmSync(folder, { recursive: true })
  })
  return `unix://${socketPath}`
}

describe('toDockerAddresses', () => {
  it.each([
    ['unix:///run/other.sock', { socketPath: '/run/other.sock' }],
    ['tcp://engine:2375', { host: 'engine', port: 2375, tls: false }],
    ['https://engine', { host: 'engine', port: 2376, tls: true }],
  ])('asks DOCKER_HOST %s first', (host, address) => {
    expect(toDockerAddresses({ DOCKER_HOST: host }, '')[0]).toEqual(address)
  })

  it('asks the hosts of the properties file', () => {
    const addresses = toDockerAddresses({}, 'ryuk.disabled=true\ndocker.host = tcp://engine:99\n')
    expect(addresses[0]).toEqual({ host: 'engine', port: 99, tls: false })
  })

  it.each(['ssh://engine', 'nonsense', ''])('passes over a DOCKER_HOST nobody can ask: %j', (host) => {
    expect(toDockerAddresses({ DOCKER_HOST: host }, '')[0]).toEqual({ socketPath: '/var/run/docker.sock' })
  })
})

describe('pingDocker', () => {
  it('hears an engine that answers', async () => {
    expect(await pingDocker({ DOCKER_HOST: await startEngine(200) }, 1_000)).toBe(true)
  })
})

// Whether an engine runs on the usual sockets of this machine is not for these tests to say.
const engineHere = await pingDocker({}, 500)

describe.runIf(!engineHere)('on a machine without an engine', () => {
  it.each(['never', 500] as const)('does not wait for an engine that answers %s', async (status) => {
    const startedAt = performance.now()
    expect(await pingDocker({ DOCKER_HOST: await startEngine(status) }, 200)).toBe(false)
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })

  it('tells what it did not find', async () => {
    const found = { available: false, reason: 'no Docker engine answered' }
    expect(await container.probe({}, 200)).toEqual(found)
  })
})

it('is told by the provider, with the reason', async () => {
  const env = { DOCKER_HOST: await startEngine(200) }
  expect(await container.probe(env, 1_000)).toEqual({ available: true, reason: 'a Docker engine answered' })
})
