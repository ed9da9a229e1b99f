import { serveOrders } from '../serve-orders.ts'

/** The server that is deployed, and goes on running until the last instance is replaced. */
export const createApp = async ({ databaseUrl }: { databaseUrl: string }) =>
  serveOrders(databaseUrl, ['id', 'state', 'totalCents', 'note'])
