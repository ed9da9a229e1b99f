import { ordersServer } from '../live-shop/orders-server.ts'

/** It prepares a statement that names its columns. */
export const createApp = ordersServer(null)
