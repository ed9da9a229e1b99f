/** A fault of the database itself, as opposed to one of a request. */
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
/** Messages of plain errors without a code that node-postgres throws. */
const unavailableMessages =
  /^(Query read timeout|timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/

/**
 * The database's fault behind an error of Prisma Client; null when the error has another reason. Source: the driver
 * adapter's cause, which typed and raw queries share, unlike Prisma's own code.
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
