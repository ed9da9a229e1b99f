import type pg from 'pg'
import { HarnessError } from '../model/error.ts'

/** Name prefix of every database that the harness creates. Nothing without it is ever dropped. */
export const databasePrefix = 'phaseproof_'

/** Beginning of the comment of every database of ours: `phaseproof:<owner>:<mark>`. */
export const commentPrefix = 'phaseproof:'

/** Limit of connections that every database of ours is created with: a mark from its first moment, before it can have a comment. */
export const birthLimit = 9173

/** What the catalog shows of a database that may be half-made. */
interface NewRow {
  readonly comment: string | null
  /** `datconnlimit` */
  readonly limit: number
}

const maxNameBytes = 63
const ourName = /^phaseproof_[a-z0-9_]+$/

/** The comment of a database of ours, in its parts. */
interface ParsedComment {
  /** Who may drop the database: empty on servers that only we use, else host, process and its start. */
  readonly owner: string
  readonly mark: string
}

/**
 * Asserts that a name can only be one of ours: our prefix, lower-case letters, digits, underscores, at most 63 bytes.
 * @throws database-refused
 */
export function assertOurName(name: string): void {
  if (ourName.test(name) && Buffer.byteLength(name) <= maxNameBytes) return
  throw refused(
    name,
    `the name must be ${databasePrefix} and then a-z, 0-9 or _, at most ${maxNameBytes} bytes`,
    'Touch only databases that the harness created, by the names it gave them.',
  )
}

/** The COMMENT ON DATABASE that marks a database as ours. */
export function toComment(owner: string, mark: string): string {
  return `${commentPrefix}${owner}:${mark}`
}

/** Parses a database comment; undefined when `toComment` did not write it. */
export function parseComment(comment: string | null): ParsedComment | undefined {
  if (comment === null || !comment.startsWith(commentPrefix)) return undefined
  const rest = comment.slice(commentPrefix.length)
  const colon = rest.indexOf(':')
  if (colon < 0) return undefined
  return { owner: rest.slice(0, colon), mark: rest.slice(colon + 1) }
}

/** A database of ours as the catalog (`pg_database`) shows it. */
interface OwnedRow extends ParsedComment {
  readonly name: string
  /** `datistemplate` */
  readonly template: boolean
  /** `datallowconn` */
  readonly connectable: boolean
}

/**
 * Fetches a database and proves that it is ours: name with our prefix, comment with our mark, same owner. Undefined
 * when it does not exist.
 * @throws database-refused
 */
export async function fetchOwned(
  client: Pick<pg.ClientBase, 'query'> | pg.Pool,
  name: string,
  owner: string,
): Promise<OwnedRow | undefined> {
  assertOurName(name)
  const { rows } = await client.query<NewRow & { template: boolean; connectable: boolean }>(
    `SELECT shobj_description(oid, 'pg_database') AS comment, datconnlimit AS limit,
            datistemplate AS template, datallowconn AS connectable
       FROM pg_database WHERE datname = $1`,
    [name],
  )
  const row = rows[0]
  if (row === undefined) return undefined
  const parsed = parseComment(row.comment) ?? toHalfMade(row, owner)
  if (parsed === undefined) {
    throw refused(
      name,
      'its comment does not carry our mark, so the harness did not create it',
      'If it is a leftover of yours, drop it by hand; else choose another name.',
    )
  }
  if (parsed.owner !== owner) {
    throw refused(
      name,
      'it belongs to another run on the same server',
      'Wait until the other run has ended, or give this run a server of its own.',
    )
  }
  return { name, ...parsed, template: row.template, connectable: row.connectable }
}

/**
 * A database of ours that a killed run had no time to comment, told by its limit. Undefined on a server that we share: there another
 * run may be making it.
 * @param owner of the server, empty where only we use it
 */
export function toHalfMade({ comment, limit }: NewRow, owner: string | null): ParsedComment | undefined {
  return owner === '' && comment === null && limit === birthLimit ? { owner, mark: '' } : undefined
}

/** The refusal itself, also for operations that find a name taken or missing. */
export function refused(database: string, reason: string, remedy: string): HarnessError<'database-refused'> {
  return new HarnessError('database-refused', `Refused to touch database "${database}": ${reason}.`, remedy, {
    database,
    reason,
  })
}
