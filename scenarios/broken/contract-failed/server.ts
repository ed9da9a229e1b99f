import { shopServer } from '../shop-api/shop-server.ts'

/** The shop's server, with its fault. */
export const createApp = shopServer('refunds-twice')
