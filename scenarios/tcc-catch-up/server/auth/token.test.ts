import jwt from 'jsonwebtoken'
import { describe, expect, it } from 'vitest'
import { createTokens, type TokenPayload } from './token.ts'

const secret = 'a secret of this test, long enough'
const payload: TokenPayload = {
  id: 'u1',
  email: 'ada@example.invalid',
  userType: 'EMS',
  domain: 'EMS',
  agencyId: 'a1',
}
const tokens = createTokens(secret)

describe('tokens', () => {
  it('come back as what was signed, valid for 24 hours', () => {
    const claims = tokens.verify(tokens.sign(payload)) as TokenPayload & { iat: number; exp: number }
    expect(claims).toMatchObject(payload)
    expect(claims.exp - claims.iat).toBe(24 * 60 * 60)
  })

  it.each(
    Object.entries({
      'is no token': 'nonsense',
      'has no signature': jwt.sign(payload, '', { algorithm: 'none' }),
      'is signed with another secret': jwt.sign(payload, 'another secret, just as long as ours'),
      'is signed with another algorithm': jwt.sign(payload, secret.repeat(2), { algorithm: 'HS512' }),
      'is expired': jwt.sign(payload, secret, { expiresIn: -1 }),
      'is not valid yet': jwt.sign(payload, secret, { notBefore: 60 }),
      'names no domain': jwt.sign({ ...payload, domain: undefined }, secret),
      'names an unknown domain': jwt.sign({ ...payload, domain: 'ROOT' }, secret),
      'holds something else than text': jwt.sign({ ...payload, id: 1 }, secret),
    }),
  )('are refused when one %s', (_flaw, token) => {
    expect(() => tokens.verify(token)).toThrow(expect.objectContaining({ code: 'token-invalid' }))
  })

  it('are not signed with a secret too short to protect them', () => {
    expect(() => createTokens('secret')).toThrow(/too short/)
  })
})
