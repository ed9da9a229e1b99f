import { ordersServer } from '../live-shop/orders-server.ts'

/** It keeps a connection on which its statement fails for good. */
export const createApp = ordersServer('keeps')
