import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { ApiError } from '../errors.ts'
import { type Domain, domains } from './accounts.ts'

/** What a token says about its bearer. Everything else is read from the database with each request. */
export interface TokenPayload {
  readonly id: string
  readonly email: string
  readonly userType: string
  /** The table that the id belongs to. User types are free text in all three tables, so they can't tell. */
  readonly domain: Domain
  readonly agencyId?: string
}

export interface Tokens {
  sign(payload: TokenPayload): string
  /**
   * Reads a token.
   * @throws ApiError `token-invalid` when it is forged, expired, of another server or of another shape
   */
  verify(token: string): TokenPayload
}

const algorithm = 'HS256'
const lifetime = '24h'

/** A secret for processes that get none. Its tokens are worthless anywhere else and after a restart. */
export const randomSecret: string = randomBytes(48).toString('base64url')

/**
 * Signs and checks tokens with one secret.
 * @throws Error when the secret is shorter than the hash it keys (RFC 7518, 3.2)
 */
export function createTokens(secret: string): Tokens {
  if (secret.length < 32) {
    throw new Error(
      'Signing tokens: the secret is too short.\nSet JWT_SECRET to at least 32 random characters.',
    )
  }
  // As a key, for of a text the library finds out with each token, at some cost, that it is no public key.
  const key = createSecretKey(Buffer.from(secret))
  return {
    sign: (payload) => jwt.sign({ ...payload }, key, { algorithm, expiresIn: lifetime }),
    verify(token) {
      const payload = toPayload(token, key)
      if (!payload)
        throw new ApiError('token-invalid', 'The token is not valid, or not any more. Log in again.')
      return payload
    },
  }
}

function toPayload(token: string, key: KeyObject): TokenPayload | null {
  try {
    const claims = jwt.verify(token, key, { algorithms: [algorithm] })
    return isPayload(claims) ? claims : null
  } catch (error) {
    if (error instanceof jwt.JsonWebTokenError) return null
    throw error
  }
}

function isPayload(claims: unknown): claims is TokenPayload {
  const { id, email, userType, domain, agencyId } = (claims ?? {}) as Readonly<Record<string, unknown>>
  return (
    [id, email, userType].every((claim) => typeof claim === 'string') &&
    domains.some((known) => known === domain) &&
    (agencyId === undefined || typeof agencyId === 'string')
  )
}
