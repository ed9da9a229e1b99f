/** What is wrong with the database itself, as opposed to with a request. */
export type DatabaseFault =
  | {
      readonly kind: 'schema-incomplete'
      readonly object: 'table' | 'column'
      /** `public.healthcare_users`, `center_users.lastLogin`. */
      readonly missing: string
    }
  | { readonly kind: 'unavailable' }

/** Kinds of `DriverAdapterError.cause`, see `@prisma/driver-adapter-utils`. */
const unavailableKinds = new Set([
  'AuthenticationFailed',
  'ConnectionClosed',
  'DatabaseAccessDenied',
  'DatabaseDoesNotExist',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TlsConnectionError',
  'TooManyConnections',
])
/** SQLSTATE classes connection exception, insufficient resources, operator intervention. */
const unavailableClasses = /^(08|53|57P)/
/** node-postgres throws these as plain errors without a code. */
const unavailableMessages =
  /^(Query read timeout|timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/

/**
 * The fault of the database that an error thrown by Prisma Client comes from; null when it comes from something else.
 * Source: the driver adapter's cause, which holds for typed and raw queries alike, where Prisma's own code does not.
 */
export function toDatabaseFault(error: unknown): DatabaseFault | null {
  if (!(error instanceof Error)) return null
  const cause = toDriverCause(error)
  if (!cause) return unavailableMessages.test(error.message) ? { kind: 'unavailable' } : null
  if (cause.kind === 'TableDoesNotExist') {
    return { kind: 'schema-incomplete', object: 'table', missing: cause.table ?? 'unknown' }
  }
  if (cause.kind === 'ColumnNotFound') {
    return { kind: 'schema-incomplete', object: 'column', missing: cause.column ?? 'unknown' }
  }
  const isUnavailable = unavailableKinds.has(cause.kind) || unavailableClasses.test(cause.originalCode ?? '')
  return isUnavailable ? { kind: 'unavailable' } : null
}

interface DriverCause {
  readonly kind: string
  readonly originalCode?: string
  readonly table?: string
  readonly column?: string
}

function toDriverCause(error: Error): DriverCause | undefined {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: DriverCause } } }
  return meta?.driverAdapterError?.cause
}
