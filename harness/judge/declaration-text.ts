import type { BoundReason, Loss } from '../model/declaration.ts'
import type { Migration } from '../model/history.ts'

/** The line under `rewrites` for a column whose new values follow from the old row. */
export function toRewriteLine(column: string, rows: number): string {
  return `rewrites: [{ column: ${quote(column)}, rows: ${rows}, how: '<SQL over the old row>' }]`
}

/** The line under `rewrites` for a column whose new values no SQL gives, bound to the migration that most likely changes them. */
export function toBoundRewriteLine(column: string, rows: number, migrations: readonly Migration[]): string {
  const bound = toBound(column, migrations, /\bUPDATE\b/i)
  return `rewrites: [{ column: ${quote(column)}, rows: ${rows}, ${bound} }]`
}

/** The line under `inserts`. */
export function toInsertLine(table: string, rows: number): string {
  return `inserts: [{ table: ${quote(table)}, rows: ${rows} }]`
}

/** The line under `renames`. */
export function toRenameLine(from: string, to: string): string {
  return `renames: [{ from: ${quote(from)}, to: ${quote(to)} }]`
}

/** The line under `loses`, bound to the migration that most likely does it. */
export function toLossLine(
  what: 'table' | 'column',
  name: string,
  rows: number,
  migrations: readonly Migration[],
): string {
  const bound = toBound(name, migrations, /\b(DELETE|DROP|TRUNCATE)\b/i)
  return `loses: [{ ${what}: ${quote(name)}, rows: ${rows}, ${bound} }]`
}

function toBound(name: string, migrations: readonly Migration[], statement: RegExp): string {
  const migration = findMigration(name, migrations, statement)
  const file = migration
    ? `migration: ${quote(migration.name)}, sha256: '${migration.checksum}'`
    : `migration: '<its name>', sha256: '<SHA-256 of its file>'`
  return `reason: '<why>', expires: '<YYYY-MM-DD>', ${file}`
}

/** What a loss is about: a table, or a column with its table. */
export function toLossName(loss: Loss): string {
  return 'table' in loss ? loss.table : loss.column
}

/** Is this a reason that is bound to one text of a migration? */
export function isBound(declaration: object): declaration is BoundReason {
  return 'sha256' in declaration
}

function findMigration(
  name: string,
  migrations: readonly Migration[],
  statement: RegExp,
): Migration | undefined {
  const [first] = migrations
  if (migrations.length < 2) return first
  const word = name.split('.').at(-1) ?? name
  const takes = migrations.filter(({ sql }) => statement.test(sql))
  return (
    takes.find(({ sql }) => sql.includes(word)) ?? migrations.find(({ sql }) => sql.includes(word)) ?? first
  )
}

function quote(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`
}
