import type { RewriteResult, TableContent } from '../../model/content.ts'
import type { Rewrite } from '../../model/declaration.ts'
import { findRewrittenRows } from './compare-rows.ts'
import {
  chooseKey,
  fetchSharedColumns,
  type SharedColumn,
  type StandingPair,
  type TwoClients,
  toTwoSides,
} from './compare-table.ts'
import { fetchRefusal } from './expected-text.ts'
import { matchTables } from './match-tables.ts'

/** A rewrite whose new values are declared as SQL. */
export type SqlRewrite = Extract<Rewrite, { readonly how: string }>

/**
 * Holds each rewrite that is declared as SQL against the rows: a row that changed must hold what the SQL gives for the old row. A rewrite
 * of a column that neither state has gives nothing.
 */
export async function fetchRewriteResults(
  clients: TwoClients,
  before: readonly TableContent[],
  after: readonly TableContent[],
  rewrites: readonly SqlRewrite[],
): Promise<readonly RewriteResult[]> {
  const results: RewriteResult[] = []
  for (const { was, is, columns } of matchTables(before, after)) {
    const mine = is === null ? [] : rewrites.filter(({ column }) => isOf(was, column))
    if (is === null || mine.length === 0) continue
    const pair = { was, is, columns }
    const shared = await fetchSharedColumns(clients.before, pair)
    for (const rewrite of mine) {
      const column = shared.find((entry) => toNames(was, entry.was.name).includes(bare(rewrite.column)))
      if (column) results.push(await fetchRewriteResult(clients, pair, shared, column, rewrite))
    }
  }
  return results
}

async function fetchRewriteResult(
  clients: TwoClients,
  pair: StandingPair,
  shared: readonly SharedColumn[],
  column: SharedColumn,
  { column: name, how }: SqlRewrite,
): Promise<RewriteResult> {
  const none = { column: name, how, wrong: { rows: 0, keys: [] }, emptied: 0, key: [] }
  // The type after the phase may be one that the state before does not know; then the SQL must give it by itself.
  const cast = `((${how})::${column.is.type})::text`
  const plain = `(${how})::text`
  const expected = (await fetchRefusal(clients.before, pair.was, cast)) === null ? cast : plain
  const refusal = await fetchRefusal(clients.before, pair.was, expected)
  if (refusal) return { ...none, refusal }
  const others = shared.filter((entry) => entry !== column)
  const key = await chooseKey(clients, pair, others)
  const sides = toTwoSides(clients, pair, key, [column, { before: expected, after: column.after }])
  const rewritten = await findRewrittenRows(sides)
  return {
    ...none,
    ...rewritten,
    key: key.isUnique ? key.columns.map(({ was }) => was.name) : [],
    refusal: null,
  }
}

function isOf(table: TableContent, column: string): boolean {
  return table.columns.some(({ name }) => toNames(table, name).includes(bare(column)))
}

/** How a person may write a column. */
function toNames({ namespace, name }: TableContent, column: string): readonly string[] {
  return [`${namespace}.${name}.${column}`, ...(namespace === 'public' ? [`${name}.${column}`] : [])]
}

function bare(written: string): string {
  return written.replaceAll('"', '')
}
