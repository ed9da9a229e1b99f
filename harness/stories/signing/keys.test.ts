import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkSignature } from './check-signature.ts'
import { parsePrivateKey, readPrivateKey, readTrustedKeys, writeKeyPair } from './keys.ts'
import { signStatement } from './sign-statement.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phaseproof-keys-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

describe('a new key pair', () => {
  it('signs, verifies, and is secret in its private half', async () => {
    const { id, files } = writeKeyPair(at('team'))
    expect(files).toEqual([at('team.pem'), at('team.pub.pem')])
    expect(statSync(at('team.pem')).mode & 0o777).toBe(0o600)
    const bundle = await signStatement('{}', readPrivateKey(at('team.pem')))
    const { signer, refusals } = await checkSignature(bundle, readTrustedKeys([at('team.pub.pem')]))
    expect({ id: signer?.id, refusals }).toEqual({ id, refusals: [] })
  })

  it.each(['team.pem', 'team.pub.pem'])(
    'never takes the place of %s, and leaves no half of itself',
    (name) => {
      writeFileSync(at(name), 'older')
      expect(() => writeKeyPair(at('team'))).toThrow(/is there already/)
      expect(readFileSync(at(name), 'utf8')).toBe('older')
      const other = name === 'team.pem' ? 'team.pub.pem' : 'team.pem'
      expect(() => statSync(at(other))).toThrow(/ENOENT/)
    },
  )
})

describe('a key is refused', () => {
  it('when others may read it', () => {
    writeKeyPair(at('team'))
    chmodSync(at('team.pem'), 0o640)
    expect(() => readPrivateKey(at('team.pem'))).toThrow(/Others may read/)
  })

  it('when a private one stands where a public one is meant', () => {
    writeKeyPair(at('team'))
    expect(() => readTrustedKeys([at('team.pem')])).toThrow(/is a private key/)
  })

  it('when it is missing, no key, or of another kind, without a word of what it holds', () => {
    expect(() => readTrustedKeys([at('none.pub.pem')])).toThrow(/ENOENT/)
    expect(() => parsePrivateKey('s3cret', 'CI')).toThrow(/^(?!.*s3cret).*no key in PEM/)
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(() => parsePrivateKey(pem, 'CI')).toThrow(/it is ec, not ed25519/)
  })
})
