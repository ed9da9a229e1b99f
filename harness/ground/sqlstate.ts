/** The SQLSTATEs that the harness acts on. Source: https://www.postgresql.org/docs/17/errcodes-appendix.html */
export const sqlstates = {
  textTooLong: '22001',
  databaseMissing: '3D000',
  dependents: '2BP01',
  queryCancelled: '57014',
  rightMissing: '42501',
  lockNotAvailable: '55P03',
} as const

/**
 * Does a SQLSTATE speak of the server and not of the statement: connection (08), resources (53), shutdown (57P), system (58), its
 * configuration (F0) or its files (XX001, XX002)? Messages of these classes quote no row.
 */
export function isServerTrouble(sqlstate: string | undefined): boolean {
  return sqlstate !== undefined && /^(08|53|57P|58|F0|XX00[12])/.test(sqlstate)
}

/** Does a SQLSTATE say that the connection is gone: class 08 (connection exception) or 57P (operator intervention)? */
export function isConnectionTrouble(sqlstate: string): boolean {
  return /^(08|57P)/.test(sqlstate)
}

/** Does a SQLSTATE say that a statement names what is not there, or is no SQL: class 42, such as 42P01 and 42703? */
export function isSchemaMissing(sqlstate: string | undefined): boolean {
  return sqlstate?.startsWith('42') ?? false
}
