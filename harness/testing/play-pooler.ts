import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** What a pooler does with the settings of a session: some refuse them, others lose them. */
type PoolerManner = 'refuses-settings' | 'loses-settings'

/** Runs `use` with a connection string that leads through something that treats sessions as poolers do, to the real server. */
export async function withPooler<T>(
  url: string,
  manner: PoolerManner,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    sockets.add(client)
    client.once('data', (startup) => {
      if (manner === 'refuses-settings' && startup.includes('options\0')) {
        client.end(toRefusal('unsupported startup parameter: options'))
        return
      }
      const upstream = connect(Number(port), hostname)
      sockets.add(upstream)
      upstream.write(withoutSettings(startup))
      client.pipe(upstream).pipe(client)
      for (const socket of [client, upstream]) socket.on('error', () => {})
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String((server.address() as AddressInfo).port)
  try {
    return await use(through.href)
  } finally {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
}

/** A startup packet: its length, the protocol, then names and values that end with a zero byte each. */
function withoutSettings(startup: Buffer): Buffer {
  const parts = startup.subarray(8).toString('latin1').split('\0')
  const pairs = parts.flatMap((name, at) =>
    at % 2 === 0 && name !== '' ? [[name, parts[at + 1] ?? '']] : [],
  )
  const kept = pairs.filter(([name]) => name !== 'options' && name !== 'application_name')
  const body = Buffer.from(
    `${kept
      .flat()
      .map((part) => `${part}\0`)
      .join('')}\0`,
    'latin1',
  )
  const head = Buffer.from(startup.subarray(0, 8))
  head.writeInt32BE(8 + body.length, 0)
  return Buffer.concat([head, body])
}

function toRefusal(message: string): Buffer {
  const body = Buffer.from(`SFATAL\0C08P01\0M${message}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E', 0)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
