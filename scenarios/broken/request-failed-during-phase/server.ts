import { ordersServer } from '../live-shop/orders-server.ts'

/** It waits for a lock no longer than a tenth of a second. */
export const createApp = ordersServer('impatient')
