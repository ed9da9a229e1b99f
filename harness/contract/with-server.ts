import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { HarnessError } from '../model/error.ts'

/** What a scenario's server module exports. */
interface ServerModule {
  createApp(options: {
    databaseUrl: string
    log?: (entry: object) => void
  }): Promise<{ listener: RequestListener; close(): Promise<void> }>
}

/**
 * Starts the scenario's server on a database, on a free port of the loopback address, hands its URL to `use`, and closes it
 * on every path.
 * @param module absolute path of the module that exports `createApp`
 * @throws server-unavailable when the module does not load, has no `createApp`, or that fails
 */
export async function withServer<T>(
  module: string,
  databaseUrl: string,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const app = await createApp(module, databaseUrl)
  const server = createServer(app.listener)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await app.close()
  }
}

async function createApp(module: string, databaseUrl: string) {
  try {
    const loaded = (await import(/* @vite-ignore */ pathToFileURL(module).href)) as Partial<ServerModule>
    if (typeof loaded.createApp !== 'function') throw new Error('it has no export named createApp')
    // What the server logs is about requests that tests make wrong on purpose: it must not drown the verdict.
    return await loaded.createApp({ databaseUrl, log: () => {} })
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause)
    throw new HarnessError(
      'server-unavailable',
      `Starting the server of ${module}: ${text}`,
      'Export createApp({ databaseUrl }) that returns { listener, close } and make it start on the target schema.',
      { attempted: module, cause: text, log: [] },
      { cause },
    )
  }
}
