/**
 * Does an entry of `rollbackLeaves` name a difference? It excuses what it names, not all of a table: `orders: column note`,
 * `orders: 3 rows`, not `orders`; and `orders.note` does not name `orders.notes: 3 values`.
 */
export function isNamed(text: string, entry: string): boolean {
  if (!text.startsWith(entry)) return false
  const rest = text.slice(entry.length)
  if (rest === '' || VALUES_OF_COLUMN.test(rest)) return true
  return rest.startsWith(' ') ? NAMES_ONE.test(entry) : rest.startsWith(':') && entry.includes(' ')
}

const VALUES_OF_COLUMN = /^: \d+ values are not what they were$/
/** `table orders`, `orders: column note`, `orders: 3`, `history: 20260101090000_orders`. */
const NAMES_ONE = /(^|: )([^\s:]+ \S.*|\d+)$|^history: \S+$/
