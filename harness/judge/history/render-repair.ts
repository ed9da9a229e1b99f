import { quoteName, quoteTable, quoteText } from '../../ground/quote.ts'
import type { AbsentEffect } from '../../model/history-audit.ts'
import { wholeOf } from './list-facts.ts'

/** SQL that brings missing effects, and what it leaves out. */
interface Repair {
  readonly statements: readonly string[]
  /** Names of effects that it does not bring; a table or object stands for its parts. */
  readonly unwritten: readonly string[]
}

/** What a statement makes decides when it comes. */
const ORDER = [
  'schema',
  'extension',
  'enum',
  'sequence',
  'table',
  'column',
  'owner',
  'constraint',
  'index',
  'foreign key',
  'function',
  'view',
  'trigger',
] as const

interface Written {
  readonly rank: (typeof ORDER)[number]
  readonly sql: string
}

/**
 * Writes the SQL that makes what is missing: schemas, enums, sequences, tables with their columns, constraints, indexes, functions,
 * views, triggers. What would change or remove something that is there is left to a person.
 */
export function renderRepair(absent: readonly AbsentEffect[]): Repair {
  const missing = new Map(
    absent.flatMap(({ key, expected }) => (expected === null ? [] : [[key, expected] as const])),
  )
  const keys = new Set(absent.map(({ key }) => key))
  const written: Written[] = []
  const unwritten: string[] = []
  for (const effect of absent) {
    const sql = toStatements(effect, missing)
    if (sql === null && keys.has(wholeOf(effect.key) ?? '')) continue
    if (sql === null) unwritten.push(effect.name)
    else written.push(...sql)
  }
  const sorted = ORDER.flatMap((rank) => written.filter((entry) => entry.rank === rank))
  return { statements: sorted.map(({ sql }) => `${sql};`), unwritten }
}

/** null: it is not written; empty: another statement makes it. */
function toStatements(effect: AbsentEffect, missing: ReadonlyMap<string, string>): readonly Written[] | null {
  const { key, expected, found } = effect
  if (expected === null || found !== null) return null
  const whole = wholeOf(key)
  if (whole === null) return toObject(key, expected, missing)
  const table = /^table (.+)$/.exec(whole)?.[1]
  if (table === undefined) return missing.has(whole) ? [] : null
  return toPart(table, key.slice(whole.length + 1), expected, missing)
}

function toObject(
  key: string,
  definition: string,
  missing: ReadonlyMap<string, string>,
): readonly Written[] | null {
  const [kind = '', ...rest] = key.split(' ')
  const name = rest.join(' ')
  switch (kind) {
    case 'schema':
      return [{ rank: 'schema', sql: `CREATE SCHEMA ${quoteName(name)}` }]
    case 'extension':
      return [{ rank: 'extension', sql: `CREATE EXTENSION ${quoteName(name)}` }]
    case 'enum': {
      const values = definition.split(', ').map(quoteText).join(', ')
      return [{ rank: 'enum', sql: `CREATE TYPE ${quote(name)} AS ENUM (${values})` }]
    }
    case 'sequence':
      return toSequence(name, definition, missing)
    case 'table':
      return [{ rank: 'table', sql: `CREATE TABLE ${quote(name)} (${listColumns(key, missing)})` }]
    case 'view':
      return [{ rank: 'view', sql: toView(quote(name), definition) }]
    case 'function':
      return /^CREATE /i.test(definition) ? [{ rank: 'function', sql: withoutEnd(definition) }] : null
    default:
      return null
  }
}

/** The sequence of an identity comes with its column. */
function toSequence(
  name: string,
  definition: string,
  missing: ReadonlyMap<string, string>,
): readonly Written[] | null {
  const [, type, increment, owner] = /^(\S+) by (\S+)(?: owned by (.+))?$/.exec(definition) ?? []
  if (type === undefined || increment === undefined) return null
  const at = owner?.lastIndexOf('.') ?? -1
  const [table, column] = owner === undefined ? [] : [owner.slice(0, at), owner.slice(at + 1)]
  const ofColumn = missing.get(`table ${table}\u0000column ${column}`)
  if (ofColumn !== undefined && IDENTITY.test(ofColumn)) return []
  const made: Written = {
    rank: 'sequence',
    sql: `CREATE SEQUENCE ${quote(name)} AS ${type} INCREMENT BY ${increment}`,
  }
  if (table === undefined || column === undefined) return [made]
  const owned = `ALTER SEQUENCE ${quote(name)} OWNED BY ${quote(table)}.${quoteName(column)}`
  return [made, { rank: 'owner', sql: owned }]
}

function toPart(
  table: string,
  part: string,
  definition: string,
  missing: ReadonlyMap<string, string>,
): readonly Written[] | null {
  if (/ \[(enabled|its triggers|invalid)/.test(definition)) return null
  const [, sort, name = ''] = /^(column|constraint|index|trigger) (.+)$/s.exec(part) ?? []
  const alter = `ALTER TABLE ${quote(table)}`
  const isNew = missing.has(`table ${table}`)
  switch (sort) {
    case 'column':
      if (isNew) return []
      return [{ rank: 'column', sql: `${alter} ADD COLUMN ${quoteName(name)} ${toColumn(definition)}` }]
    case 'constraint':
      return [
        {
          // What it refers to has to be unique by then.
          rank: definition.startsWith('FOREIGN KEY') ? 'foreign key' : 'constraint',
          sql: `${alter} ADD CONSTRAINT ${quoteName(name)} ${definition.replace(' [not validated]', '')}`,
        },
      ]
    case 'index':
      return missing.has(`table ${table}\u0000constraint ${name}`) ? [] : [{ rank: 'index', sql: definition }]
    case 'trigger':
      return /^CREATE /i.test(definition) ? [{ rank: 'trigger', sql: withoutEnd(definition) }] : null
    default:
      // Most of these a new table has by itself; whoever tries the repair sees which it has not.
      return isNew ? [] : null
  }
}

/** Facts do not know the order of columns: they come by name. */
function listColumns(table: string, missing: ReadonlyMap<string, string>): string {
  const begin = `${table}\u0000column `
  return [...missing]
    .filter(([key]) => key.startsWith(begin))
    .map(([key, definition]) => `${quoteName(key.slice(begin.length))} ${toColumn(definition)}`)
    .join(', ')
}

const IDENTITY = / identity-(always|by-default)/

function toColumn(definition: string): string {
  return definition
    .replace(IDENTITY, (_, how) => ` GENERATED ${how === 'always' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`)
    .replace(/ stored: (.+)$/s, ' GENERATED ALWAYS AS ($1) STORED')
    .replace(' not null', ' NOT NULL')
    .replace(' default ', ' DEFAULT ')
    .replace(/ collate (.+)$/, (_, name) => ` COLLATE ${quoteName(name)}`)
}

/** What the catalogs give is `view as SELECT …` or `materialized view as SELECT …`. */
function toView(name: string, definition: string): string {
  const [, kind = 'view', query = definition] = /^(view|materialized view) as (.+)$/s.exec(definition) ?? []
  return `CREATE ${kind.toUpperCase()} ${name} AS ${withoutEnd(query)}`
}

function quote(qualified: string): string {
  const at = qualified.indexOf('.')
  return quoteTable({ namespace: qualified.slice(0, at), name: qualified.slice(at + 1) })
}

function withoutEnd(sql: string): string {
  return sql.trim().replace(/;$/, '')
}
