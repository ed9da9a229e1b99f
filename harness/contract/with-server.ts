import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ImportModule, importModule } from '../ground/import-module.ts'
import { toMessage } from '../ground/to-message.ts'
import type { ServerSpec } from '../model/scenario.ts'
import { serverUnavailable } from './server-unavailable.ts'
import { startCommand } from './start-command.ts'

/** What a scenario's server module exports. */
interface ServerModule {
  createApp(options: {
    databaseUrl: string
    log?: (entry: object) => void
  }): Promise<{ listener: RequestListener; close(): Promise<void> }>
}

/** Where a server is started from. */
interface ServerPlace {
  /** The scenario's folder, absolute: modules and commands are relative to it. */
  readonly folder: string
  readonly databaseUrl: string
  /** How its module is imported; natively when left out. */
  readonly load?: ImportModule
  /** Hears what a module logs. */
  readonly log?: (entry: object) => void
}

/**
 * Starts a scenario's server on a database, passes its URL to `use`, and stops it on every path. A server named by
 * its URL is neither started nor stopped.
 * @throws server-unavailable when it does not start, dies, or hangs
 */
export async function withServer<T>(
  spec: ServerSpec,
  { folder, databaseUrl, load = importModule, log = () => {} }: ServerPlace,
  use: (url: string) => Promise<T>,
): Promise<T> {
  if ('url' in spec) {
    await assertAnswers(spec.url, spec.healthPath ?? '/health')
    return use(spec.url.replace(/\/$/, ''))
  }
  if ('module' in spec) return withModule(join(folder, spec.module), { databaseUrl, load, log }, use)
  const { command, healthPath = '/health', startTimeoutMs = 30_000 } = spec
  const server = await startCommand({ command, folder, healthPath, startTimeoutMs }, databaseUrl)
  try {
    return await use(server.url)
  } finally {
    await server.stop()
  }
}

async function withModule<T>(
  module: string,
  place: Required<Omit<ServerPlace, 'folder'>>,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const app = await createApp(module, place)
  const server = createServer(app.listener)
  // Never, for on a busy machine a client may send just when the server gives an idle connection up, and get no answer.
  server.keepAliveTimeout = 0
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await inTime(app.close())
  }
}

/** Longest end of a module: one that lost connections of its pool waits for them for good, and they go with the database. */
const closeTimeoutMs = 5_000

async function inTime(closing: Promise<void>): Promise<void> {
  const ended = new AbortController()
  try {
    await Promise.race([closing, sleep(closeTimeoutMs, undefined, { signal: ended.signal })])
  } finally {
    ended.abort()
  }
}

/** Longest start of a module, so that a module that hangs does not hang the run. */
const createTimeoutMs = 60_000

async function createApp(module: string, { databaseUrl, load, log }: Required<Omit<ServerPlace, 'folder'>>) {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`createApp did not return within ${createTimeoutMs} ms`)),
      createTimeoutMs,
    )
  })
  try {
    const loaded = (await load(module)) as Partial<ServerModule>
    if (typeof loaded.createApp !== 'function') throw new Error('it has no export named createApp')
    // What the server logs is about requests that tests make wrong on purpose: it must not drown the verdict, so nobody prints it.
    return await Promise.race([loaded.createApp({ databaseUrl, log }), late])
  } catch (cause) {
    throw serverUnavailable(module, toMessage(cause), [], cause)
  } finally {
    clearTimeout(timer)
  }
}

async function assertAnswers(url: string, healthPath: string): Promise<void> {
  const health = new URL(healthPath, url).href
  let found: string
  try {
    const { status } = await fetch(health, { signal: AbortSignal.timeout(10_000) })
    if (status === 200) return
    found = `${healthPath} answered ${status}`
  } catch (error) {
    found = (error as Error).name === 'TimeoutError' ? `${healthPath} did not answer` : 'nobody listens there'
  }
  throw serverUnavailable(url, found, [])
}
