import type { ErrorRequestHandler, RequestHandler } from 'express'
import { toDatabaseFault } from './database-fault.ts'
import type { Log } from './log.ts'

/** Codes by which a client tells failures apart, with the HTTP status of each. */
export const statusOf = {
  'invalid-input': 400,
  'invalid-json': 400,
  'invalid-credentials': 401,
  'account-inactive': 401,
  'account-without-agency': 401,
  'token-missing': 401,
  'token-invalid': 401,
  forbidden: 403,
  'not-found': 404,
  'already-exists': 409,
  conflict: 409,
  gone: 410,
  'body-too-large': 413,
  'unsupported-encoding': 415,
  unprocessable: 422,
  internal: 500,
  'schema-incomplete': 503,
  'database-unavailable': 503,
} as const

export type ApiErrorCode = keyof typeof statusOf

/** A failure that the client gets as `{ success: false, error, code, meta? }`. The message is meant for its user. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiErrorCode
  /** Details beyond the code, for example the missing table. It never holds row data. */
  readonly meta: Readonly<Record<string, string>> | undefined

  constructor(
    code: ApiErrorCode,
    message: string,
    options?: { meta?: Readonly<Record<string, string>>; cause?: unknown },
  ) {
    super(message, options)
    this.code = code
    this.meta = options?.meta
  }
}

/** Turns whatever was thrown during a request into what the client gets. An unknown error becomes `internal`. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  const fault = toDatabaseFault(error)
  if (fault?.kind === 'schema-incomplete') {
    return new ApiError('schema-incomplete', 'The database does not have what this request needs yet.', {
      meta: { missing: fault.missing },
      cause: error,
    })
  }
  if (fault) {
    return new ApiError('database-unavailable', 'The database does not answer. Try again later.', {
      cause: error,
    })
  }
  return (
    toRequestError(error) ??
    toRowError(error) ??
    new ApiError('internal', 'The server failed.', { cause: error })
  )
}

/** The last handler. It answers typed errors and logs those that are the server's. */
export function answerErrors(log: Log): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    const error = toApiError(thrown)
    const status = statusOf[error.code]
    if (status >= 500) {
      log({
        level: 'error',
        event: error.code,
        request: `${request.method} ${request.path}`,
        ...error.meta,
        ...toLoggable(error.cause ?? error),
      })
    }
    // Express ends the connection of an answer that has begun; a second one can't be sent.
    if (response.headersSent) return next(thrown)
    response.status(status).json({
      success: false,
      error: error.message,
      code: error.code,
      ...(error.meta && { meta: error.meta }),
    })
  }
}

/** The handler behind all routes. */
export const answerUnknownPath: RequestHandler = () => {
  throw new ApiError('not-found', 'There is nothing at this path.')
}

/** Express's and its body parser's own errors carry the status they mean. */
function toRequestError(error: unknown): ApiError | null {
  if (!(error instanceof Error) || !('status' in error)) return null
  if ('type' in error && error.type === 'entity.parse.failed')
    return new ApiError('invalid-json', 'The body is not JSON.')
  if (error.status === 413) return new ApiError('body-too-large', 'The body is too large.')
  if (error.status === 415) {
    return new ApiError('unsupported-encoding', 'The encoding of the body is not supported.')
  }
  return error.status === 400 ? new ApiError('invalid-input', 'The request is malformed.') : null
}

/**
 * The error for a constraint that the database enforced. Handlers check first and say it better; this is for two
 * requests at once, of which only one can win.
 */
function toRowError(error: unknown): ApiError | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'P2002') return new ApiError('already-exists', 'There is one already.', { cause: error })
  if (code === 'P2003') {
    return new ApiError('unprocessable', 'Something that the request refers to does not exist.', {
      cause: error,
    })
  }
  return code === 'P2025' ? new ApiError('not-found', 'It is not there any more.', { cause: error }) : null
}

/** Name, code and place of an error, without its message, which may hold row data of Postgres and Prisma. */
function toLoggable(error: unknown): { cause: string; at: readonly string[] } {
  if (!(error instanceof Error)) return { cause: typeof error, at: [] }
  const code = 'code' in error ? ` ${String(error.code)}` : ''
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return { cause: `${error.name}${code}`, at: frames.slice(0, 6).map((line) => line.trim()) }
}
