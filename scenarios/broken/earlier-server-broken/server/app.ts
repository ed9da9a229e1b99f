import { shopServer } from '../../shop-server.ts'

/** The server that is rolled out: it has forgotten the notes. */
export const createApp = async ({ databaseUrl }: { databaseUrl: string }) =>
  shopServer(databaseUrl, ['id', 'state', 'totalCents'])
