import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HarnessError } from '../model/error.ts'

/**
 * Serves another server's answers and some pages of ours on a port of the loopback address, and passes its URL to
 * `use`.
 * @param pages content type and text by path
 * @param port 0 for any free one
 * @throws usage when the port is taken
 */
export async function withPages<T>(
  target: string,
  pages: Readonly<Record<string, readonly [string, string]>>,
  port: number,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const server = createServer((incoming, outgoing) => {
    const page = pages[incoming.url?.replace(/\?.*$/, '') ?? '']
    if (page && ['GET', 'HEAD'].includes(incoming.method ?? '')) {
      outgoing.writeHead(200, { 'content-type': page[0] }).end(page[1])
    } else forward(target, incoming, outgoing)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portRefused(port, error)))
    server.listen(port, '127.0.0.1', resolve)
  })
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

function portRefused(port: number, cause: NodeJS.ErrnoException): HarnessError<'usage'> {
  const fault = `Listening on port ${port} of 127.0.0.1 was refused: ${cause.code ?? cause.message}.`
  return new HarnessError(
    'usage',
    fault,
    'Take another port, or 0 for any that is free.',
    { faults: [fault] },
    { cause },
  )
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
