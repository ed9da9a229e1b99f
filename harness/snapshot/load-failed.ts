import pg from 'pg'
import { toLackError, toServerLack } from '../ground/server-lack.ts'
import { isSchemaMissing, isServerTrouble, sqlstates } from '../ground/sqlstate.ts'
import { toMessage } from '../ground/to-message.ts'
import { HarnessError } from '../model/error.ts'
import type { SnapshotTable } from '../model/snapshot.ts'

/** What was being loaded when it failed. */
interface LoadPosition {
  readonly snapshot: string
  /** Postgres major that it was taken from. */
  readonly major: number
  /** Relative to the snapshot folder. */
  readonly file: string
  /** The SQL sent, when it was a schema file. */
  readonly sql?: string
  /** Lines of the file before that SQL. */
  readonly line?: number
  /** The table, when it was rows. */
  readonly table?: SnapshotTable
}

/**
 * Turns what Postgres or the connection said while a snapshot was loaded into the error for people. A `HarnessError`
 * passes unchanged. The text names columns, constraints and lines only, and the original error is not attached.
 */
export function toLoadError(error: unknown, place: LoadPosition): HarnessError {
  // Postgres' message, detail and context quote rows.
  if (error instanceof HarnessError) return error
  const { snapshot, file } = place
  const lack =
    error instanceof pg.DatabaseError && toServerLack({ sqlstate: error.code, message: error.message })
  if (lack) return toLackError(lack, `Loading ${file} of snapshot "${snapshot}"`, place.major)
  if (!(error instanceof pg.DatabaseError) || isServerTrouble(error.code) || isCancelled(error)) {
    const cause = toMessage(error)
    return new HarnessError(
      'postgres-lost',
      `Loading ${file} of snapshot "${snapshot}": Postgres could not go on: ${cause}.`,
      'Run it again. If it happens again, look into the log of the server and its memory and disk space.',
      { provider: 'the server the snapshot was loaded into', cause },
    )
  }
  const cause = toCause(error, place)
  const sqlstate = error.code ?? 'unknown'
  return new HarnessError(
    'snapshot-load-failed',
    `Loading ${file} of snapshot "${snapshot}": Postgres refused it: ${cause} (SQLSTATE ${sqlstate}).`,
    'The files are the ones the manifest describes, so the snapshot itself contradicts its schema: make it again.',
    { snapshot, file, sqlstate, cause },
  )
}

/** No statement of a load has a time limit, so a cancel comes from outside. */
function isCancelled(error: pg.DatabaseError): boolean {
  return error.code === sqlstates.queryCancelled
}

function toCause(error: pg.DatabaseError, place: LoadPosition): string {
  const line = place.table ? toDataLine(error) : toSqlLine(error, place)
  const column = place.table ? toDataColumn(error, place.table) : error.column
  return [
    toWhat(error, place),
    error.constraint && `constraint "${error.constraint}"`,
    error.table && `table "${error.table}"`,
    column && `column "${column}"`,
    line && `line ${line}`,
  ]
    .filter((part) => part)
    .join(', ')
}

/** Source: https://www.postgresql.org/docs/17/errcodes-appendix.html */
const CONDITIONS: Readonly<Record<string, string>> = {
  '22001': 'a text is too long for its column',
  '22003': 'a number is out of range',
  '22007': 'a date or time is malformed',
  '22008': 'a date or time is out of range',
  '22021': 'a text is not valid in the encoding of the database',
  '22P02': 'a value cannot be read as the type of its column',
  '22P04': 'a row is not in COPY text format or has too few or too many columns',
  '23502': 'a value is missing where NOT NULL is required',
  '23503': 'a foreign key refers to a row that is not there',
  '23505': 'a unique key occurs more than once',
  '23514': 'a row violates a check constraint',
  '23P01': 'rows violate an exclusion constraint',
}

function toWhat(error: pg.DatabaseError, place: LoadPosition): string {
  const sqlstate = error.code ?? ''
  const known = CONDITIONS[sqlstate]
  if (known) return known
  // Only where no row is at hand: before any is loaded, or when the SQL itself is wrong (class 42, outside of functions).
  const aboutSql = isSchemaMissing(sqlstate) && !error.where
  if (place.file === 'schema/pre-data.sql' || aboutSql) return error.message
  return 'a row was refused, and what Postgres said is withheld because it may quote the row'
}

/**
 * The line of the data file, which COPY tells only in its context: `COPY <table>, line 3, column <name>: "<value>"`.
 */
function toDataLine(error: pg.DatabaseError): string | undefined {
  return error.where?.match(/^COPY .*?, line (\d+)/m)?.[1]
}

function toDataColumn(error: pg.DatabaseError, table: SnapshotTable): string | undefined {
  if (error.column) return error.column
  const named = error.where?.match(/^COPY .*?, line \d+, column (.*)/ms)?.[1]
  return table.columns.find((column) => named?.startsWith(`${column}:`))
}

/** The line of the schema file. Postgres counts its position in characters, not in UTF-16 units. */
function toSqlLine(error: pg.DatabaseError, { sql, line = 0 }: LoadPosition): string | undefined {
  if (!error.position || sql === undefined) return undefined
  return String(line + [...sql].slice(0, Number(error.position)).join('').split('\n').length)
}
