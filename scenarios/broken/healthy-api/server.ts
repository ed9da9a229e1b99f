import { shopServer } from '../shop-api/shop-server.ts'

/** The shop's server, as it should be. */
export const createApp = shopServer(null)
