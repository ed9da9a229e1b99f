import { ordersServer } from '../live-shop/orders-server.ts'

/** It never hands a connection back on which its statement failed. */
export const createApp = ordersServer('leaks')
