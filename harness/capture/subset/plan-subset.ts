import { quoteTable } from '../../ground/quote.ts'
import type { Subset } from '../../model/policy.ts'
import { type Source, type SourceTable, toTableKey } from '../../model/source.ts'
import { type Key, renderCondition, renderKeyQuery, toKeyColumns } from './subset-sql.ts'

/** Runs a query at the captured moment. Every column is text or NULL. */
type FetchRows = (sql: string) => Promise<readonly (readonly (string | null)[])[]>

/** Rows of a database among which every foreign key holds. */
export interface SubsetPlan {
  /** A condition on the rows of each table, as SQL about the alias `t`. */
  readonly conditions: ReadonlyMap<string, string>
  /** Chosen rows of each table. */
  readonly rows: ReadonlyMap<string, number>
}

/** The error for more chosen rows than the policy allows. It names tables and numbers only. */
export class SubsetTooLarge extends Error {
  override readonly name = 'SubsetTooLarge'
}

const AT_ONCE = 1000

interface Chosen {
  readonly table: SourceTable
  /** Keys of chosen rows; true where followers are chosen too. */
  readonly keys: Map<string, boolean>
}

/** Rows to choose: of a table, by values of some columns, or the first in key order. */
interface Wish {
  readonly table: SourceTable
  readonly withFollowers: boolean
  readonly select:
    | { readonly first: number }
    | { readonly columns: readonly string[]; readonly values: readonly Key[] }
}

/**
 * Chooses rows so that every foreign key among them holds: the start rows, the rows that follow them, and all rows
 * that these refer to.
 * @param whole tables of which every row is chosen
 * @throws SubsetTooLarge
 */
export async function planSubset(
  source: Source,
  subset: Subset,
  whole: readonly string[],
  fetch: FetchRows,
): Promise<SubsetPlan> {
  // Rows that are only referred to bring no followers, or one popular row would bring its whole table. Sets of rows
  // only ever grow, so cycles and self-references come to an end.
  const byKey = new Map(source.tables.map((table) => [toTableKey(table), table]))
  const planner = new Planner(source, subset, new Set(whole), byKey, fetch)
  for (const [label, first] of Object.entries(subset.start)) {
    const table = byKey.get(label)
    if (!table) throw new RangeError(`no table ${label}`)
    await planner.choose({ table, withFollowers: true, select: { first } })
  }
  for (const label of whole) {
    const table = byKey.get(label)
    if (table) await planner.chooseReferredTo(table)
  }
  return planner.toPlan()
}

class Planner {
  private readonly chosen = new Map<string, Chosen>()
  private readonly subset: Subset
  private readonly whole: ReadonlySet<string>
  private readonly tables: ReadonlyMap<string, SourceTable>
  private readonly fetch: FetchRows
  /** Foreign keys of followers, by the table they refer to. */
  private readonly followers = new Map<
    string,
    { readonly table: SourceTable; readonly key: SourceTable['foreignKeys'][number] }[]
  >()
  private total = 0

  constructor(
    source: Source,
    subset: Subset,
    whole: ReadonlySet<string>,
    tables: ReadonlyMap<string, SourceTable>,
    fetch: FetchRows,
  ) {
    this.subset = subset
    this.whole = whole
    this.tables = tables
    this.fetch = fetch
    for (const table of source.tables) {
      if (!subset.followers.includes(toTableKey(table))) continue
      for (const key of table.foreignKeys) {
        this.followers.set(key.refers.table, [
          ...(this.followers.get(key.refers.table) ?? []),
          { table, key },
        ])
      }
    }
  }

  /** Works with a stack of its own, because chains of self-references can be longer than the call stack. */
  async choose(first: Wish): Promise<void> {
    const wishes = [first]
    for (let wish = wishes.pop(); wish; wish = wishes.pop()) wishes.push(...(await this.fulfil(wish)))
  }

  /** Chooses what the rows of a whole table refer to. */
  async chooseReferredTo(table: SourceTable): Promise<void> {
    for (const { columns, refers } of table.foreignKeys) {
      const referred = this.tables.get(refers.table)
      if (!referred || this.whole.has(refers.table)) continue
      const values = await this.fetch(renderKeyQuery(table, columns, {}))
      for (const wish of toWishes(referred, refers.columns, values, false)) await this.choose(wish)
    }
  }

  toPlan(): SubsetPlan {
    const conditions = new Map<string, string>()
    for (const [label, table] of this.tables) {
      if (this.whole.has(label)) continue
      const keys = [...(this.chosen.get(label)?.keys.keys() ?? [])].map((key) => JSON.parse(key) as Key)
      conditions.set(label, keys.length === 0 ? 'false' : renderCondition(table, toKeyColumns(table), keys))
    }
    return { conditions, rows: new Map([...this.chosen].map(([label, { keys }]) => [label, keys.size])) }
  }

  private async fulfil({ table, withFollowers, select }: Wish): Promise<readonly Wish[]> {
    const label = toTableKey(table)
    if (this.whole.has(label) && !withFollowers) return []
    const keyColumns = toKeyColumns(table)
    const referring = [...new Set(this.referringColumns(table))]
    const rows = await this.fetch(renderKeyQuery(table, [...keyColumns, ...referring], select))
    const known = this.chosenOf(table)
    const added: (readonly (string | null)[])[] = []
    const leading: (readonly (string | null)[])[] = []
    for (const row of rows) {
      const key = JSON.stringify(row.slice(0, keyColumns.length))
      const before = known.keys.get(key)
      if (before === undefined) added.push(row)
      if (withFollowers && !before) leading.push(row)
      known.keys.set(key, before === true || withFollowers)
    }
    this.count(added.length)
    const place = (column: string) => {
      const at = keyColumns.indexOf(column)
      return at === -1 ? keyColumns.length + referring.indexOf(column) : at
    }
    return [...this.upward(table, added, place), ...this.downward(label, leading, place)]
  }

  /** Wishes for the rows that some rows refer to. */
  private upward(
    table: SourceTable,
    rows: readonly (readonly (string | null)[])[],
    place: (column: string) => number,
  ): readonly Wish[] {
    return table.foreignKeys.flatMap(({ columns, refers }) => {
      const referred = this.tables.get(refers.table)
      if (!referred) return []
      const values = rows.map((row) => columns.map((column) => row[place(column)] ?? null))
      return toWishes(referred, refers.columns, values, false)
    })
  }

  /** Wishes for the rows that follow some rows. */
  private downward(
    label: string,
    rows: readonly (readonly (string | null)[])[],
    place: (column: string) => number,
  ): readonly Wish[] {
    return (this.followers.get(label) ?? []).flatMap(({ table, key }) => {
      const values = rows.map((row) => key.refers.columns.map((column) => row[place(column)] ?? null))
      return toWishes(table, key.columns, values, true)
    })
  }

  /** Columns that foreign keys from or to the table consist of. */
  private *referringColumns(table: SourceTable): Generator<string> {
    const keyColumns = toKeyColumns(table)
    for (const { columns } of table.foreignKeys)
      yield* columns.filter((column) => !keyColumns.includes(column))
    for (const { key } of this.followers.get(toTableKey(table)) ?? []) {
      yield* key.refers.columns.filter((column) => !keyColumns.includes(column))
    }
  }

  private chosenOf(table: SourceTable): Chosen {
    const label = toTableKey(table)
    const known = this.chosen.get(label) ?? { table, keys: new Map<string, boolean>() }
    this.chosen.set(label, known)
    return known
  }

  private count(rows: number): void {
    this.total += rows
    if (this.total <= this.subset.maxRows) return
    const most = [...this.chosen.values()]
      .toSorted((a, b) => b.keys.size - a.keys.size)
      .slice(0, 3)
      .map(({ table, keys }) => `${keys.size} of ${quoteTable(table)}`)
    throw new SubsetTooLarge(
      `the subset has more than ${this.subset.maxRows} rows so far: ${most.join(', ')}`,
    )
  }
}

/** Wishes for rows by values, a thousand at once and each value once. A key with a NULL refers to nothing. */
function toWishes(
  table: SourceTable,
  columns: readonly string[],
  values: readonly (readonly (string | null)[])[],
  withFollowers: boolean,
): readonly Wish[] {
  const distinct = new Map<string, Key>()
  for (const value of values) {
    if (value.every((part) => part !== null)) distinct.set(JSON.stringify(value), value as Key)
  }
  const keys = [...distinct.values()]
  const wishes: Wish[] = []
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const select = { columns, values: keys.slice(from, from + AT_ONCE) }
    wishes.push({ table, withFollowers, select })
  }
  return wishes
}
