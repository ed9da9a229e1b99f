import type pg from 'pg'
import type { RowSet } from '../../model/content.ts'
import { PARTS, type RowTexts, toHashesSql, toKeysSql, toPartsSql } from './hashed-rows.ts'
import { mergeRows } from './merge-rows.ts'
import { type HashRow, NULL, RowStream } from './row-stream.ts'

/** The same rows on the two sides of a comparison. */
export interface TwoSides {
  readonly before: { readonly client: pg.ClientBase; readonly rows: RowTexts }
  readonly after: { readonly client: pg.ClientBase; readonly rows: RowTexts }
  /** Keys of rows may be told. */
  readonly tellsKeys: boolean
}

/** Where the rows of a table differ; `columns` are places in `RowTexts.columns`. */
interface RowDifferences {
  readonly lost: RowSet
  readonly added: RowSet
  readonly columns: ReadonlyMap<number, RowSet>
}

interface PartRow {
  readonly part: number
  readonly rows: string
  readonly keys: string
  readonly [digest: string]: string | number | null
}

/** Example keys that are told at most. */
const EXAMPLES = 5

/** Some rows, counted, with the hashes of the keys of the first few. */
class Counted {
  rows = 0
  readonly examples: string[] = []

  add([hash]: HashRow): void {
    this.rows += 1
    if (hash !== undefined && this.examples.length < EXAMPLES) this.examples.push(hash)
  }
}

/**
 * Finds which rows are lost, added or changed, by key and column. A digest of parts comes first, so that only parts and columns that
 * differ are read row by row.
 */
export async function compareRows(sides: TwoSides): Promise<RowDifferences> {
  const { parts, places } = await findDifferingParts(sides)
  const [lost, added] = [new Counted(), new Counted()]
  const columns = new Map(places.map((place) => [place, new Counted()]))
  if (parts.length > 0) {
    await mergeHashes(sides, parts, places, {
      lost: (row) => lost.add(row),
      added: (row) => added.add(row),
      changed: (was, is) => {
        for (const [at, place] of places.entries()) {
          if (was[at + 1] !== is[at + 1]) columns.get(place)?.add(was)
        }
      },
    })
  }
  const changed = new Map<number, RowSet>()
  for (const [place, counted] of columns) {
    if (counted.rows > 0) changed.set(place, await tellKeys(sides, 'before', counted))
  }
  return {
    lost: await tellKeys(sides, 'before', lost),
    added: await tellKeys(sides, 'after', added),
    columns: changed,
  }
}

/** Rows that changed in one column, held against what their new value is to be. */
interface RewrittenRows {
  /** They hold something else. */
  readonly wrong: RowSet
  /** How many held a value before and hold NULL now. */
  readonly emptied: number
}

/** The rows that changed in column 0, held against what column 1 of the rows before says. */
export async function findRewrittenRows(sides: TwoSides): Promise<RewrittenRows> {
  const wrong = new Counted()
  let emptied = 0
  const after = {
    ...sides.after,
    rows: { ...sides.after.rows, columns: sides.after.rows.columns.slice(0, 1) },
  }
  const all = Array.from({ length: PARTS }, (_, part) => part)
  const [was, is] = await Promise.all([
    RowStream.open(sides.before.client, toHashesSql(sides.before.rows, all, [0, 1], 2)),
    RowStream.open(after.client, toHashesSql(after.rows, all, [0], 2)),
  ])
  await mergeRows(was, is, 2, {
    lost: () => {},
    added: () => {},
    changed: (row, now) => {
      if (row[2] !== now[1]) wrong.add(row)
      if (row[1] !== NULL && now[1] === NULL) emptied += 1
    },
  })
  return { wrong: await tellKeys(sides, 'before', wrong), emptied }
}

async function findDifferingParts({ before, after }: TwoSides) {
  const [was, is] = await Promise.all([
    before.client.query<PartRow>(toPartsSql(before.rows)),
    after.client.query<PartRow>(toPartsSql(after.rows)),
  ])
  const now = new Map(is.rows.map((row) => [row.part, row]))
  const parts = new Set<number>()
  const places = new Set<number>()
  const all = before.rows.columns.map((_, place) => place)
  for (const row of was.rows) {
    const other = now.get(row.part)
    now.delete(row.part)
    const differing = other ? all.filter((place) => row[`d${place}`] !== other[`d${place}`]) : all
    const isSameKeys = other?.rows === row.rows && other.keys === row.keys
    if (isSameKeys && differing.length === 0) continue
    parts.add(row.part)
    for (const place of differing) places.add(place)
  }
  for (const part of now.keys()) parts.add(part)
  return { parts: [...parts], places: all.filter((place) => places.has(place)) }
}

async function mergeHashes(
  { before, after }: TwoSides,
  parts: readonly number[],
  places: readonly number[],
  listener: Parameters<typeof mergeRows>[3],
): Promise<void> {
  const width = places.length + 1
  const [was, is] = await Promise.all([
    RowStream.open(before.client, toHashesSql(before.rows, parts, places, width)),
    RowStream.open(after.client, toHashesSql(after.rows, parts, places, width)),
  ])
  await mergeRows(was, is, width, listener)
}

async function tellKeys(
  sides: TwoSides,
  side: 'before' | 'after',
  { rows, examples }: Counted,
): Promise<RowSet> {
  if (examples.length === 0 || !sides.tellsKeys) return { rows, keys: [] }
  const { client, rows: texts } = sides[side]
  const found = await client.query<{ hash: string; key: string }>(toKeysSql(texts, [...new Set(examples)]))
  return { rows, keys: found.rows.map(({ key }) => key).sort(compareKeys) }
}

function compareKeys(a: string, b: string): number {
  return a.localeCompare(b, 'en-US', { numeric: true })
}
