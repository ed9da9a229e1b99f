import type pg from 'pg'
import { quoteName } from '../../ground/quote.ts'
import { type SourceColumn, toTableKey } from '../../model/source.ts'
import {
  type Chosen,
  type Copying,
  countWays,
  NUMBER,
  renderTimes,
  TURN,
  toOriginals,
  toSpokenAbout,
} from './copies-sql.ts'
import { findDifferingTexts, type KeyColumn } from './differing-texts.ts'
import type { UniqueKey } from './fetch-keys.ts'
import { findFreshValues } from './fresh-values.ts'
import { isAccepted } from './is-accepted.ts'
import { numberRows } from './number-rows.ts'
import { scaleRefused } from './scale-refused.ts'

/**
 * Decides what makes the copies of one table differ so that every unique key holds: fresh values in a column, else
 * other referred rows, else copies of only those rows that the key does not apply to.
 * @throws scale-refused
 */
export async function planCopies(
  client: pg.Client,
  copying: Copying,
  snapshot: string,
  primaryKeys: readonly KeyColumn[],
): Promise<void> {
  // The rows are numbered in a temporary table first. Columns whose values all differ, though no key asks for it,
  // stay different where they can: a later migration may ask.
  const { table, copies } = copying
  const label = toTableKey(table)
  const originals = toOriginals(copying)
  const tried = new Set<string>()
  const preferred = new Set<UniqueKey>()
  await numberRows(client, copying)
  if (copies === 0) return
  const [exclusion] = table.exclusions
  if (exclusion !== undefined)
    throw scaleRefused(
      snapshot,
      { table: label, constraint: exclusion },
      'a constraint that rows must not overlap allows no copies',
    )

  const inReference = new Set(table.foreignKeys.flatMap(({ columns }) => columns))
  const hasReference = (key: UniqueKey) => key.columns.some((column) => inReference.has(column))
  const isFresh = (key: UniqueKey) => key.columns.some((column) => copying.fresh.has(column))
  const free = table.uniques.filter((key) => !hasReference(key))
  // A key of one column leaves no choice, and may settle a longer one on its way.
  for (const key of free.toSorted((a, b) => a.columns.length - b.columns.length)) {
    if (!isFresh(key)) await chooseFresh(key.columns)
  }
  await settle(await sortKeys())
  for (const name of await findDifferingTexts(client, table, originals, primaryKeys)) {
    const column = table.columns.find((one) => one.name === name)
    if (column && isVariable(column)) await chooseFresh([name])
  }

  /** Sorts keys by the number of rows they apply to, most first: of the others rows can be left out. */
  async function sortKeys(): Promise<readonly UniqueKey[]> {
    if (table.uniques.length < 2) return table.uniques
    const counts = table.uniques.map((_, at) => `count(*) FILTER (WHERE ${toSpokenAbout(at)})`)
    const { rows } = await client.query<{ counts: number[] }>(
      `SELECT ARRAY[${counts.join(', ')}]::float8[] AS counts FROM ${originals}`,
    )
    const countOf = (key: UniqueKey) => rows[0]?.counts[table.uniques.indexOf(key)] ?? 0
    return table.uniques.toSorted((a, b) => countOf(b) - countOf(a))
  }

  /** Solves the keys that have no column with fresh values, one after the other. */
  async function settle(keys: readonly UniqueKey[]): Promise<void> {
    for (const key of keys) {
      if (isFresh(key) || copying.chosen.some((chosen) => isPartOf(chosen.key, key))) continue
      const chosen = toChosen(key)
      if (await hasRoom(chosen)) {
        // Without a reference there was room because no row that is copied is spoken about.
        if (chosen.references.length > 0) copying.chosen = [...copying.chosen, chosen]
      } else if (!(await chooseFresh(key.columns))) {
        const isTaken = findTaken(chosen) !== undefined && !preferred.has(key)
        preferred.add(key)
        if (!isTaken) await leaveOut(key)
        // Another may do without the reference that both rest on; or other rows are copied now, and counts are others.
        copying.chosen = []
        return settle(isTaken ? [key, ...keys.filter((other) => other !== key)] : keys)
      }
    }
  }

  function isPartOf(one: UniqueKey, other: UniqueKey): boolean {
    return (
      !one.hasExpressions &&
      one.predicate === null &&
      one.columns.every((column) => other.columns.includes(column))
    )
  }

  function toChosen(key: UniqueKey): Chosen {
    const taken = copying.chosen.flatMap(({ references }) => references.flatMap((one) => one.key.columns))
    const inside = copying.movable.filter(
      ({ key: { columns } }) =>
        !key.hasExpressions &&
        columns.every((column) => key.columns.includes(column)) &&
        !columns.some((column) => taken.includes(column)),
    )
    const references = inside
      .filter(
        (one) =>
          !inside.some(
            (other) => other !== one && one.key.columns.every((column) => other.key.columns.includes(column)),
          ),
      )
      .toSorted((a, b) => b.parent.rows + b.parent.copies - (a.parent.rows + a.parent.copies))
    const chosen = references.flatMap((one) => one.key.columns)
    return { key, references, rest: key.columns.filter((column) => !chosen.includes(column)) }
  }

  /** A column of the key that already changes for another reason, so no choice can rely on it. */
  function findTaken({ references, rest }: Chosen): string | undefined {
    const moving = copying.movable.filter(
      (one) =>
        !references.includes(one) &&
        (one.parent.copies > 0 || copying.chosen.some((chosen) => chosen.references.includes(one))),
    )
    return rest.find((column) => moving.some(({ key }) => key.columns.includes(column)))
  }

  /** Tells whether there are at least as many combinations as rows. */
  async function hasRoom(chosen: Chosen): Promise<boolean> {
    if (findTaken(chosen) !== undefined && (await isSpokenAbout(chosen.key))) return false
    const rest = chosen.rest.map(quoteName).join(', ')
    const { rows } = await client.query<{ room: boolean }>(
      `SELECT coalesce(bool_and(have + need <= ${countWays(chosen)} OR need = 0), true) AS room
         FROM (SELECT count(*) AS have, coalesce(sum(${renderTimes(copying)}), 0) AS need FROM ${originals}
                WHERE ${toSpokenAbout(table.uniques.indexOf(chosen.key))} GROUP BY ${rest || '()'}) AS counted`,
    )
    return rows[0]?.room === true
  }

  async function isSpokenAbout(key: UniqueKey): Promise<boolean> {
    const spoken = toSpokenAbout(table.uniques.indexOf(key))
    const { rows } = await client.query(
      `SELECT FROM ${originals} WHERE ${spoken} AND ${TURN} IS NOT NULL LIMIT 1`,
    )
    return rows.length > 0
  }

  /**
   * Limits the copies of rows that a key applies to, to what it has room for, and copies the other rows more often.
   */
  async function leaveOut(key: UniqueKey): Promise<void> {
    const chosen = toChosen(key)
    const taken = findTaken(chosen)
    const spoken = toSpokenAbout(table.uniques.indexOf(key))
    const rest = chosen.rest.map((column) => `, ${quoteName(column)}`).join('')
    const { rows } = await client.query<{ n: string | null }>(
      `WITH counted AS (
         SELECT o.*, count(*) FILTER (WHERE ${spoken}) OVER (PARTITION BY true${rest}) AS have,
                nullif(count(*) FILTER (WHERE NOT ${spoken} AND ${TURN} IS NOT NULL) OVER (), 0) AS others,
                row_number() OVER (PARTITION BY ${spoken}, ${TURN} IS NULL${rest} ORDER BY ${NUMBER}) AS place
           FROM ${originals} o
       ), judged AS (
         SELECT ${NUMBER}, ${TURN} IS NOT NULL AND (NOT ${spoken} OR coalesce(
                place <= (${taken === undefined ? countWays(chosen) : 0} - have) / ((${copies - 1} + others) / others), false)) AS stays
           FROM counted
       ), turns AS (
         SELECT ${NUMBER} AS n, CASE WHEN stays THEN row_number() OVER (PARTITION BY stays ORDER BY ${NUMBER}) - 1 END AS turn FROM judged
       )
       UPDATE ${originals} o SET ${TURN} = turns.turn FROM turns WHERE turns.n = o.${NUMBER} RETURNING o.${TURN} AS n`,
    )
    copying.sources = rows.filter(({ n }) => n !== null).length
    if (copying.sources > 0) return
    const parents = chosen.references.map(({ parent }) => toTableKey(parent.table))
    throw scaleRefused(
      snapshot,
      { table: label, constraint: key.name },
      `${key.columns.join(', ')} must be unique, and ${taken !== undefined ? `${taken} is what another unique key rests on` : parents.length > 0 ? `${parents.join(' and ')} has too few rows to refer to` : 'its columns allow no further values'}`,
      parents.length > 0
        ? `Multiply ${parents.join(' or ')} too, or name fewer rows of ${label}.`
        : undefined,
    )
  }

  /**
   * Gives one of the columns fresh values in a way that its type, length and checks accept. False when there is none.
   */
  async function chooseFresh(names: readonly string[]): Promise<boolean> {
    for (const column of await rankColumns(names)) {
      if (tried.has(column.name)) continue
      tried.add(column.name)
      for (const way of await findFreshValues(client, column, originals, copies)) {
        if (!(await isAccepted(client, copying, column.name, way))) continue
        copying.fresh.set(column.name, way)
        return true
      }
    }
    return false
  }

  /**
   * Columns that can get fresh values. First comes the one whose values differ most already, because it changes
   * least.
   */
  async function rankColumns(names: readonly string[]): Promise<readonly SourceColumn[]> {
    const columns = table.columns.filter((column) => names.includes(column.name) && isVariable(column))
    if (columns.length < 2) return columns
    const counts = columns.map(({ name }) => `count(DISTINCT ${quoteName(name)})`)
    const { rows } = await client.query<{ counts: number[] }>(
      `SELECT ARRAY[${counts.join(', ')}]::float8[] AS counts FROM ${originals}`,
    )
    const isLast = ({ name }: SourceColumn) => (table.partitionColumns.includes(name) ? 1 : 0)
    return columns
      .map((column, at) => ({ column, count: rows[0]?.counts[at] ?? 0 }))
      .toSorted(
        (a, b) =>
          isLast(a.column) - isLast(b.column) ||
          b.count - a.count ||
          FORMS.indexOf(a.column.form) - FORMS.indexOf(b.column.form),
      )
      .map(({ column }) => column)
  }

  function isVariable(column: SourceColumn): boolean {
    const { form, type, generated, isArray, name } = column
    if (generated || isArray || inReference.has(name)) return false
    return form === 'date' ? /^(date$|timestamp)/.test(type) : FORMS.includes(form)
  }
}

/** Forms of columns that can get fresh values. Among equals the first is taken. */
const FORMS: readonly string[] = ['integer', 'uuid', 'text', 'decimal', 'date']
