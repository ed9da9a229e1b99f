import type { ChosenVersion } from './choose-version.ts'
import { findOrderDifference } from './name-order.ts'

/**
 * What a replay by these rules cannot show of a deploy that follows others, in sentences on the transaction rule, the
 * order, and other locales.
 * @param deploys names that one deploy applies, in our order
 */
export function describeLimits(
  { version, order, transactionRule }: ChosenVersion,
  deploys: readonly (readonly string[])[],
): readonly string[] {
  const sent =
    transactionRule === 'one-batch'
      ? `Each migration was sent as one batch, as Prisma ${version} does; 7.4 and later commit statement by statement.`
      : `Each statement was sent and committed by itself, as Prisma ${version} does; up to 7.3 a file is one batch.`
  const sorted =
    order.by === 'bytes'
      ? `Migrations were taken by the bytes of their names, as Prisma ${version} does; 6.6 and later sort them by locale.`
      : `Migrations were taken in the order of the locale ${order.locale}, as Prisma ${version} does; up to 6.5 it takes them by bytes.`
  const difference = deploys.map((names) => findOrderDifference(order, names)).find((found) => found !== null)
  const elsewhere = difference
    ? `A deploy from a machine with the locale ${difference.locale} applies ${difference.second} before ${difference.first}: set LC_ALL=C there.`
    : null
  return [sent, sorted, ...(elsewhere === null ? [] : [elsewhere])]
}
