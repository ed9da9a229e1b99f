/** A row of Prisma Client with its decimals as numbers, as JSON has them. */
export type PlainRow<Row> = {
  [Column in keyof Row]: Row[Column] extends Decimal | null ? PlainNumber<Row[Column]> : Row[Column]
}

interface Decimal {
  toNumber(): number
}

type PlainNumber<Value> = null extends Value ? number | null : number

/**
 * Turns every decimal of a row into a number, which all decimals of this schema fit exactly. JSON handles dates
 * itself.
 */
export function toPlainRow<Row extends object>(row: Row): PlainRow<Row> {
  const entries = Object.entries(row).map(([column, value]) => [
    column,
    isDecimal(value) ? value.toNumber() : value,
  ])
  return Object.fromEntries(entries)
}

function isDecimal(value: unknown): value is Decimal {
  return typeof value === 'object' && value !== null && 'toNumber' in value
}
