import { serveOrders } from '../serve-orders.ts'

/** The server that is rolled out: it has forgotten the notes. */
export const createApp = async ({ databaseUrl }: { databaseUrl: string }) =>
  serveOrders(databaseUrl, ['id', 'state', 'totalCents'])
