import pg from 'pg'
import { HarnessError } from '../model/error.ts'
import { Unmaskable } from './mask/mask.ts'

/** The error for a source that could not be captured. `reason` must hold no row data. */
export function captureFailed(
  source: string,
  reason: string,
  remedy: string,
): HarnessError<'capture-failed'> {
  return new HarnessError('capture-failed', `Capturing ${source}: ${reason}.`, remedy, { source, reason })
}

/**
 * Turns what Postgres, the connection or a mask said during a capture into the error for people. A `HarnessError`
 * passes unchanged. The text holds no row data, and the original error is not attached.
 */
export function toCaptureError(error: unknown, source: string, at?: string): HarnessError {
  // Messages of Postgres about data may quote it, so only those of classes that speak of names, rights and limits are
  // shown, and none that comes out of a function.
  if (error instanceof HarnessError) return error
  const where = at === undefined ? '' : `${at}: `
  if (error instanceof Unmaskable) {
    return captureFailed(
      source,
      `${where}${error.message}`,
      'Give the column a rule that can treat all of its values.',
    )
  }
  if (error instanceof pg.DatabaseError) {
    const sqlstate = error.code ?? 'unknown'
    // What a function says is its author's: it may give any code, and quote a row.
    const said =
      /^(08|28|3D|42|53|55|57|58|0A|25)/.test(sqlstate) && !error.where
        ? error.message
        : 'what Postgres said is withheld, as it may quote rows'
    return captureFailed(
      source,
      `${where}${said} (SQLSTATE ${sqlstate})`,
      REMEDIES[sqlstate] ?? 'Mend what Postgres names and run it again.',
    )
  }
  const code = (error as NodeJS.ErrnoException)?.code
  if (error instanceof Error && typeof code === 'string') {
    return captureFailed(
      source,
      `${where}${error.message}`,
      'See that the server can be reached and the disk can be written to, and run it again.',
    )
  }
  if (error instanceof Error && /^(Connection|Client|timeout)/i.test(error.message)) {
    return captureFailed(
      source,
      `${where}${error.message}`,
      'The server ended the connection: run it again, it goes on where it was.',
    )
  }
  throw error
}

/** Source: https://www.postgresql.org/docs/17/errcodes-appendix.html */
const REMEDIES: Readonly<Record<string, string>> = {
  '42501': 'Grant the role SELECT on all tables, and BYPASSRLS where row security is on; nothing more.',
  '55P03': 'Somebody holds a lock on the table: run it again when that is over, or raise --lock-timeout.',
  '57014': 'A statement took longer than --statement-timeout: raise it, or capture from a replica.',
  '40001':
    'A replica cancelled the read in favour of replay: raise max_standby_streaming_delay or capture elsewhere.',
}
