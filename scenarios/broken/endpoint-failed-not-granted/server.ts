import { shopServer } from '../shop-api/shop-server.ts'

/** The shop's server, which has no fault. */
export const createApp = shopServer(null)
