import { ordersServer } from '../live-shop/orders-server.ts'

/** It names its columns. */
export const createApp = ordersServer(null)
