import { createHash } from 'node:crypto'
import type { Migration } from '../model/history.ts'

/** The checksum that Prisma records for a migration: SHA-256 of the bytes of `migration.sql`, lower-case hex. */
export function toChecksum(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** The checksum of the same text with the other line ends: LF if it has any CRLF, else CRLF. */
export function toOtherChecksum(sql: string): string {
  return toChecksum(sql.includes('\r\n') ? sql.replaceAll('\r\n', '\n') : sql.replaceAll('\n', '\r\n'))
}

/**
 * Is a recorded checksum the one of this migration? Prisma forgives a file that changed between LF and CRLF, and nothing else
 * (`checksum.rs` of prisma-engines).
 */
export function checksumMatches(recorded: string, migration: Migration): boolean {
  return recorded === migration.checksum || recorded === migration.checksumOtherLineEndings
}
