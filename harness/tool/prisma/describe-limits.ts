import { findOrderDifference, type OrderRule } from './name-order.ts'
import type { TransactionRule } from './send-script.ts'

const TRANSACTIONS: Readonly<Record<TransactionRule, string>> = {
  'one-batch':
    'Each migration was sent as one batch, as Prisma up to 7.3 does; Prisma 7.4 and later commits statement by statement.',
  'per-statement':
    'Each statement was sent and committed by itself, as Prisma 7.4 and later does; earlier versions send one batch.',
}

/**
 * What a replay by these rules cannot show of a deploy that follows others: one sentence on the transaction rule, one on the order, and
 * one more where a machine with another locale would apply the very same names in another order.
 */
export function describeLimits(
  { order, transactionRule }: { readonly order: OrderRule; readonly transactionRule: TransactionRule },
  deploys: readonly (readonly string[])[],
): readonly string[] {
  const sorted =
    order.by === 'bytes'
      ? 'Migrations were taken by the bytes of their names, as Prisma up to 6.5 does; Prisma 6.6 and later sorts them by locale.'
      : `Migrations were taken in the order of the locale ${order.locale}, as Prisma 6.6 and later does; earlier versions go by bytes.`
  const difference = deploys.map((names) => findOrderDifference(order, names)).find((found) => found !== null)
  return [
    TRANSACTIONS[transactionRule],
    sorted,
    ...(difference
      ? [
          `A deploy from a machine with the locale ${difference.locale} applies ${difference.second} before ${difference.first}: set LC_ALL=C there.`,
        ]
      : []),
  ]
}
