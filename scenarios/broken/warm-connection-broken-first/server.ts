import { ordersServer } from '../live-shop/orders-server.ts'

/** It gives a connection up after one failure. */
export const createApp = ordersServer('gives-up')
