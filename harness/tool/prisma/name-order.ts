import type { Migration } from '../../model/history.ts'

/** Compares two folder names; negative when the first is applied first. */
export type NameOrder = (a: string, b: string) => number

/** How a version of Prisma sorts the folders: by the bytes of their names, or by `localeCompare` in a locale. */
export type OrderRule = { readonly by: 'bytes' } | { readonly by: 'locale'; readonly locale: string }

/**
 * Languages that sort letters of the Latin alphabet, or upper and lower case, otherwise than English does (CLDR collation).
 * A machine's locale decides: Node takes it from LC_ALL, LC_MESSAGES or LANG,
 * and `C` or nothing means `en-US`.
 */
const OTHER_LOCALES =
  'az blo br bs ceb cs cy da dsb ee es et fi fil fo fy ha haw hr hsb hu ig is lt lv mt nb nn no om pl ro sk sl sq sr-Latn sv th tk to tr uz vi yo'.split(
    ' ',
  )

/** The comparison that a rule stands for. Names that a locale takes for equal are told apart by their bytes, as their folder lists them. */
export function toNameOrder(rule: OrderRule): NameOrder {
  if (rule.by === 'bytes') return compareBytes
  const { compare } = new Intl.Collator(rule.locale)
  return (a, b) => compare(a, b) || compareBytes(a, b)
}

/** Sorts migrations by name. */
export function sortMigrations(migrations: readonly Migration[], order: NameOrder): readonly Migration[] {
  return migrations.toSorted((a, b) => order(a.name, b.name))
}

/** Two names, the first one first in our order, that another locale sorts the other way round. */
interface OrderDifference {
  readonly locale: string
  readonly first: string
  readonly second: string
}

/**
 * Where a machine with another locale would apply these names in another order; null when there is no such locale.
 * @param sorted in order of `rule`
 */
export function findOrderDifference(rule: OrderRule, sorted: readonly string[]): OrderDifference | null {
  if (rule.by === 'bytes') return null
  for (const locale of ['en-US', ...OTHER_LOCALES]) {
    const order = toNameOrder({ by: 'locale', locale })
    // Neighbours are enough: if each of them is in order, all are.
    const index = sorted.findIndex((name, at) => at > 0 && order(sorted[at - 1] ?? '', name) > 0)
    const [first, second] = [sorted[index - 1], sorted[index]]
    if (first !== undefined && second !== undefined) return { locale, first, second }
  }
  return null
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
