import { shopServer } from '../../shop-server.ts'

/** The server that is deployed, and goes on running until the last instance is replaced. */
export const createApp = async ({ databaseUrl }: { databaseUrl: string }) =>
  shopServer(databaseUrl, ['id', 'state', 'totalCents', 'note'])
