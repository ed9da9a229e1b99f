import type { CauseRow } from './cause-row.ts'
import { NAME_BYTES } from './kept-name.ts'
import { isFolded, namesCut } from './misspelt-name.ts'

/** What a statement names is not there, or is there already: 42P01, 42703, 42704, 42710 and the like. */
export const nameCauses: readonly CauseRow[] = [
  {
    name: 'table, letter case',
    sqlstate: '42P01',
    when: isFolded,
    cause: 'The name has capitals and no quotes, so Postgres looks for it in small letters.',
    next: 'Put the name between double quotes, as the table was created.',
  },
  {
    name: 'FROM clause',
    sqlstate: '42P01',
    says: /FROM-clause/,
    cause:
      'The statement uses a table or alias that its FROM does not name; behind an alias the table goes by the alias only.',
    next: 'Name the table in FROM, or use its alias everywhere.',
  },
  {
    name: 'table',
    sqlstate: '42P01',
    cause:
      'Nothing of this name is there on production: it was never created, was renamed or dropped, lies in another namespace, or a later migration creates it.',
    next: "Compare the name with the snapshot's schema; if a migration creates it, that one must come first, else this file was written against another database.",
  },
  {
    name: 'column, letter case',
    sqlstate: '42703',
    when: isFolded,
    cause: 'The column has capitals and no quotes, so Postgres looks for it in small letters.',
    next: 'Put the name between double quotes, as the column was created.',
  },
  {
    name: 'text in double quotes',
    sqlstate: '42703',
    statement: /(=|\bDEFAULT|,|\(|\bIN)\s*"/i,
    when: ({ message, statement }) => {
      const name = /^column "([^"]+)" does not exist/.exec(message)?.[1]
      return (
        name !== undefined &&
        new RegExp(`(=|DEFAULT|IN \\()\\s*"${name.replaceAll(/\W/g, '.')}"`, 'i').test(statement ?? '')
      )
    },
    cause:
      'Double quotes stand around it, so Postgres reads a column name; a text stands between single quotes.',
    next: "Write the text as 'text'.",
  },
  {
    name: 'column',
    sqlstate: '42703',
    cause:
      'Production has no such column: it has another name there, was dropped, or a later migration adds it.',
    next: 'Compare the name with the table on the snapshot; if a migration adds it, that one must come first.',
  },
  {
    name: 'system column',
    sqlstate: '42701',
    says: /conflicts with a system column/,
    cause: 'Postgres keeps this name for a column of its own (xmin, ctid, tableoid …).',
    next: 'Take another name.',
  },
  {
    name: 'column, name cut',
    sqlstate: '42701',
    when: namesCut,
    cause: `Postgres cuts names at ${NAME_BYTES} bytes: two long names become one.`,
    next: 'Shorten the names so that they differ within 63 bytes.',
  },
  {
    name: 'column again',
    sqlstate: '42701',
    cause:
      'The table has the column already: by hand, by another migration, or because this file ran half before.',
    next: 'Compare type, default and nullability of the two; then drop the statement, or write ADD COLUMN IF NOT EXISTS and alter what differs.',
  },
  {
    name: 'relation, name cut',
    sqlstate: '42P07',
    when: namesCut,
    cause: `Postgres cuts names at ${NAME_BYTES} bytes: the long name becomes one that is taken.`,
    next: 'Shorten the name so that it differs within 63 bytes.',
  },
  {
    name: 'relation again',
    sqlstate: '42P07',
    cause:
      'Something of this name is there already: by hand, by another migration, or because this file ran half before. Tables, indexes, views and sequences share their names.',
    next: 'Compare the two; if production has all that this file does, record it there as applied and list it under `recorded`, else change what differs.',
  },
  {
    name: 'operator class',
    sqlstate: '42704',
    says: /operator class|access method/,
    cause:
      'The operator class or access method belongs to an extension that is not created here, such as pg_trgm for gin_trgm_ops.',
    next: 'CREATE EXTENSION before the index, in this migration or an earlier one.',
  },
  {
    name: 'role',
    sqlstate: '42704',
    says: /^role "/,
    cause:
      'The role is not on this server: roles belong to a server and not to a database, so no migration of this folder made it.',
    next: 'Let the snapshot carry the role, or create it where the statement needs it.',
  },
  {
    name: 'foreign type',
    sqlstate: '42704',
    says: /^type "(datetime|tinyint|mediumint|nvarchar|longtext|mediumtext|tinytext|blob|double|number|string|uniqueidentifier|bit1)"/i,
    cause: 'The type belongs to another database (MySQL, SQLite, SQL Server).',
    next: 'Take the type of PostgreSQL: timestamp, smallint, text, bytea, double precision, uuid.',
  },
  {
    name: 'type, letter case',
    sqlstate: '42704',
    when: isFolded,
    cause: 'The type has capitals and no quotes, so Postgres looks for it in small letters.',
    next: 'Put the name between double quotes, as the type was created.',
  },
  {
    name: 'object',
    sqlstate: '42704',
    cause:
      'Nothing of this name is there: production calls it otherwise (constraints and indexes are often named by hand there), it was dropped, or a later migration creates it.',
    next: 'Look up its name on the snapshot, or write IF EXISTS if it does not matter whether it was there.',
  },
  {
    name: 'object again',
    sqlstate: '42710',
    cause:
      'A type, constraint, policy, trigger, role or extension of this name is there already: by hand, by another migration, or because this file ran half before.',
    next: 'Compare the two; then drop the statement, or drop the old one first (DROP … IF EXISTS).',
  },
  {
    name: 'namespace',
    sqlstate: '3F000',
    says: /no schema has been selected/,
    cause:
      "The search_path names no namespace that is there, so Postgres does not know where to create it; a dump's set_config with search_path does that.",
    next: 'Write the namespace before the name, or remove the line that empties search_path.',
  },
  {
    name: 'namespace missing',
    sqlstate: '3F000',
    cause: 'The namespace (schema) is not there on production, or is spelt otherwise.',
    next: 'CREATE SCHEMA IF NOT EXISTS before it, or correct its name.',
  },
  {
    name: 'namespace again',
    sqlstate: '42P06',
    cause: 'The namespace (schema) is there already.',
    next: 'Write CREATE SCHEMA IF NOT EXISTS.',
  },
  {
    name: 'database missing',
    sqlstate: '3D000',
    cause:
      'The statement names a database by its name, and this server has none of it: here each database has a name of its own.',
    next: "Leave the database's name out: current_database() in a DO block works everywhere.",
  },
  {
    name: 'database again',
    sqlstate: '42P04',
    cause: 'A database of this name is there already; a migration works inside one and should make none.',
    next: 'Remove CREATE DATABASE from the migration.',
  },
  {
    name: 'function again',
    sqlstate: '42723',
    cause: 'A function with these arguments is there already.',
    next: 'Write CREATE OR REPLACE FUNCTION.',
  },
]
