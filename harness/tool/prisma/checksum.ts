import { createHash } from 'node:crypto'

/** The checksum that Prisma records for a migration: SHA-256 of the bytes of `migration.sql`, lower-case hex. */
export function toChecksum(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** The checksum of the same text with the other line ends: LF if it has any CRLF, else CRLF. */
export function toOtherChecksum(sql: string): string {
  return toChecksum(sql.includes('\r\n') ? sql.replaceAll('\r\n', '\n') : sql.replaceAll('\n', '\r\n'))
}
