import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import pg from 'pg'

/** Faults of the shop's server, one at a time. */
export type ShopServerFault =
  | 'wrong-body'
  | 'open-route'
  | 'column-missing'
  | 'error-swallowed'
  | 'refunds-twice'
  | 'refuses-shipped'

const bearer = 'Bearer clerk'
const order = '"id", "state", "refundedAt"'

/** A server of `openapi.yaml` with one fault or none, as a scenario's module exports it. */
export function shopServer(fault: ShopServerFault | null) {
  return async ({ databaseUrl }: { readonly databaseUrl: string }) => {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
    pool.on('error', () => {})
    const listener: RequestListener = (request, response) => {
      answer(pool, fault, request, response).catch(({ message }: Error) =>
        send(response, 503, {
          error: 'failed',
          meta: { missing: /"([^"]+)" does not exist/.exec(message)?.[1] },
        }),
      )
    }
    return { listener, close: () => pool.end() }
  }
}

async function answer(
  pool: pg.Pool,
  fault: ShopServerFault | null,
  { method, url = '/', headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const route = `${method} ${url.replace(/\?.*$/, '')}`
  if (route === 'GET /health') return send(response, 200, { well: true })
  if (route === 'POST /login') return send(response, 200, { token: bearer.slice(7) })
  const isOpen = fault === 'open-route' && route === 'GET /orders'
  if (headers.authorization !== bearer && !isOpen) return send(response, 401, { error: 'log in' })

  if (route === 'GET /orders') {
    const { rows } = await pool.query(`SELECT ${order} FROM "orders" ORDER BY "id"`)
    const shown = fault === 'wrong-body' ? rows.map((row) => ({ ...row, state: 7 })) : rows
    return send(response, 200, { orders: shown })
  }
  if (route === 'GET /shipments') {
    const needsMore = fault === 'column-missing' || fault === 'error-swallowed'
    const asked = pool.query(`SELECT "id", "parcel"${needsMore ? ', "carrier"' : ''} FROM "shipments"`)
    const { rows } = await (fault === 'error-swallowed' ? asked.catch(() => ({ rows: [] })) : asked)
    return send(response, 200, { shipments: rows })
  }
  const id = /^POST \/orders\/(\d{1,9})\/refund$/.exec(route)?.[1]
  if (id === undefined) return send(response, 404, { error: 'unknown' })
  if (fault === 'refuses-shipped' && (await hasShipments(pool)))
    return send(response, 409, { error: 'shipped' })
  const again = fault === 'refunds-twice' ? '' : ` AND "state" <> 'REFUNDED'`
  const { rows } = await pool.query(
    `UPDATE "orders" SET "state" = 'REFUNDED', "refundedAt" = now() WHERE "id" = $1${again} RETURNING ${order}`,
    [id],
  )
  return rows.length === 0 ? send(response, 409, { error: 'refunded' }) : send(response, 200, rows[0])
}

async function hasShipments(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query(`SELECT to_regclass('shipments') IS NOT NULL AS "is"`)
  return rows[0].is
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
