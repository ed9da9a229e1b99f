import { HarnessError } from '../../model/error.ts'
import type { SnapshotManifest, SnapshotTable } from '../../model/snapshot.ts'
import { toTableKey } from '../../model/source.ts'

/** Rows that each multiplied table ends with, keyed by `namespace.name` in the order of the manifest. */
export type ScaledRows = Readonly<Record<string, number>>

/**
 * Reads `--scale`: empty for all tables that had more rows in production; else a list of `<table>`, `<table>=<rows>`, `<table>=x<factor>`,
 * or `x<factor>` for all.
 * @param historyTables tables that hold a history of migrations, never multiplied
 * @throws usage with every fault
 */
export function toScaledRows(
  wish: string,
  manifest: SnapshotManifest,
  historyTables: readonly string[],
): ScaledRows {
  const tables = manifest.tables.filter(({ name }) => !historyTables.includes(name))
  const wanted = new Map<string, number>()
  const faults: string[] = []
  const parts = wish.split(',').map((part) => part.trim())
  if (wish.trim() === '') for (const table of tables) want(table, table.sourceRows ?? table.rows)
  else for (const part of parts) take(part)
  const rows = manifest.tables.flatMap((table) => {
    const count = wanted.get(toTableKey(table))
    return count === undefined || count === table.rows ? [] : [[toTableKey(table), count] as const]
  })
  if (faults.length === 0 && rows.length === 0)
    faults.push(
      wish.trim() === ''
        ? 'of no table the manifest records that production had more rows'
        : 'every table has as many rows already',
    )
  if (faults.length > 0) throw refuse(wish, manifest, tables, faults)
  return Object.fromEntries(rows)

  function take(part: string): void {
    if (/^x\d/.test(part)) {
      for (const table of tables) want(table, toRows(table, part))
      return
    }
    const [name = '', amount, ...rest] = part.split('=')
    const found = tables.filter((table) => table.name === name || toTableKey(table) === name)
    const [table] = found
    const bare = name.split('.').at(-1) ?? ''
    if (historyTables.includes(bare)) faults.push(`${bare} is never multiplied`)
    else if (!table) faults.push(`there is no table "${name}"`)
    else if (found.length > 1)
      faults.push(`"${name}" could be ${found.map(toTableKey).join(' or ')}: name it with its namespace`)
    else if (rest.length > 0) faults.push(`"${part}" has more than one =`)
    else if (amount !== undefined) want(table, toRows(table, amount), true)
    else if (table.sourceRows === undefined) faults.push(`of "${name}" no rows of production are recorded`)
    else want(table, table.sourceRows, true)
  }

  function want(table: SnapshotTable, rows: number | null, isNamed = false): void {
    const label = toTableKey(table)
    if (rows === null) return
    if (rows < table.rows)
      faults.push(`${label} has ${table.rows} rows already: it is multiplied, never cut to ${rows}`)
    else if (table.rows > 0) wanted.set(label, rows)
    else if (isNamed && rows > 0) faults.push(`${label} has no row that could be copied`)
  }

  function toRows(table: SnapshotTable, amount: string): number | null {
    const [, sign, digits] = amount.match(/^(x?)(\d+)$/) ?? []
    const rows = sign === 'x' ? table.rows * Number(digits) : Number(digits)
    if (digits !== undefined && Number(digits) > 0 && Number.isSafeInteger(rows)) return rows
    faults.push(`"${amount}" is neither a number of rows nor a factor such as x10`)
    return null
  }
}

/** Tables without a row in the snapshot of which production had some, so nothing can be copied. */
export function listUncopied(manifest: SnapshotManifest): readonly string[] {
  return manifest.tables.filter(({ rows, sourceRows = 0 }) => rows === 0 && sourceRows > 0).map(toTableKey)
}

function refuse(
  wish: string,
  manifest: SnapshotManifest,
  tables: readonly SnapshotTable[],
  faults: readonly string[],
): HarnessError<'usage'> {
  const known = tables.map((table) => {
    const production = table.sourceRows === undefined ? '' : `, production ${table.sourceRows}`
    return `  ${toTableKey(table)}: ${table.rows} rows${production}`
  })
  const unique = [...new Set(faults)]
  return new HarnessError(
    'usage',
    `--scale${wish === '' ? '' : ` ${wish}`} with snapshot "${manifest.name}": ${unique.join('; ')}.`,
    `Name tables with rows or a factor, for example --scale ${tables[0]?.name ?? 'trips'}=50000 or --scale x10; known are:\n${known.join('\n')}`,
    { faults: unique },
  )
}
