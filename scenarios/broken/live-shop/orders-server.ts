import type { RequestListener } from 'node:http'
import pg from 'pg'

/**
 * Selects all columns by a named statement, and keeps a connection on which that failed, gives it up or never hands it back; or waits a
 * tenth of a second for a lock.
 */
type OrdersServerFault = 'keeps' | 'gives-up' | 'leaks' | 'impatient'

/** A server that lists the orders of the shop by a statement that each connection prepares once. */
export function ordersServer(fault: OrdersServerFault | null) {
  return async ({ databaseUrl, log }: { databaseUrl: string; log: (entry: object) => void }) => {
    const pool = new pg.Pool({
      connectionString: databaseUrl,
      max: fault === 'leaks' ? 1 : 2,
      connectionTimeoutMillis: fault === 'leaks' ? 2_000 : 10_000,
      ...(fault === 'impatient' && { options: '-c lock_timeout=100ms' }),
    })
    pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}))
    const selectsAll = fault !== null && fault !== 'impatient'
    const text = `SELECT ${selectsAll ? '*' : '"id", "state"'} FROM "orders" ORDER BY "id"`
    const list = async () => {
      const client = await pool.connect()
      try {
        const { rows } = await client.query({ name: 'orders', text })
        client.release()
        return rows
      } catch (error) {
        if (fault !== 'leaks') client.release(fault === 'gives-up')
        throw error
      }
    }
    const listener: RequestListener = ({ method, url }, response) => {
      const send = (status: number, body: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      if (method !== 'GET' || url !== '/orders') return send(404, { error: 'unknown' })
      list().then(
        (rows) => send(200, { orders: rows.map(({ id, state }) => ({ id, state })) }),
        ({ code }: pg.DatabaseError) => {
          log({ event: 'failed', code })
          send(503, { error: 'failed' })
        },
      )
    }
    return { listener, close: () => pool.end() }
  }
}
