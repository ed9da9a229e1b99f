import { ApiError } from '../errors.ts'

export interface Credentials {
  readonly email: string
  readonly password: string
}

/**
 * E-mail and password from a request's body.
 * @throws ApiError `invalid-input`
 */
export function parseCredentials(body: unknown): Credentials {
  const { email, password } = (body ?? {}) as Readonly<Record<string, unknown>>
  if (!isText(email, 320) || !isText(password, 1024)) {
    throw new ApiError('invalid-input', 'Give email and password, both as text.')
  }
  return { email, password }
}

/**
 * Tells whether a value is a text without NUL. Postgres cannot store a NUL, so it would come back as an error of the
 * server.
 */
function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maxLength && !value.includes('\0')
}
