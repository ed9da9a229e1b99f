import type { RequestListener } from 'node:http'
import pg from 'pg'

/**
 * A server of the shop that lists orders with these columns.
 * @returns what `createApp` of a server module returns
 */
export function serveOrders(
  databaseUrl: string,
  columns: readonly string[],
): { readonly listener: RequestListener; close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  pool.on('error', () => {})
  const names = columns.map((name) => pg.escapeIdentifier(name)).join(', ')
  const listener: RequestListener = (_request, response) => {
    pool.query(`SELECT ${names} FROM orders ORDER BY id LIMIT 10`).then(
      ({ rows }) => answer(200, rows),
      () => answer(500, { error: 'failed' }),
    )
    function answer(status: number, body: unknown): void {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
  }
  return { listener, close: () => pool.end() }
}
