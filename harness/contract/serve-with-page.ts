import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Serves another server's answers on a port of the loopback address, and some pages of ours beside them; hands its URL to `use`.
 * @param pages content type and text by path
 * @param port 0: any that is free
 */
export async function withPages<T>(
  target: string,
  pages: Readonly<Record<string, readonly [string, string]>>,
  port: number,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const server = createServer((incoming, outgoing) => {
    const page = pages[incoming.url ?? '']
    if (page && incoming.method === 'GET') outgoing.writeHead(200, { 'content-type': page[0] }).end(page[1])
    else forward(target, incoming, outgoing)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

function forward(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, headers } = incoming
  const onward = request(
    new URL(incoming.url ?? '/', target),
    { ...(method ? { method } : {}), headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    },
  )
  onward.on('error', () => {
    if (!outgoing.headersSent) outgoing.writeHead(502)
    outgoing.end()
  })
  incoming.pipe(onward)
}
