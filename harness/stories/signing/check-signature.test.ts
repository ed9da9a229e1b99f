import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RefusalKind } from '../../model/statement.ts'
import { checkSignature } from './check-signature.ts'
import { toKeyId } from './keys.ts'
import { signStatement } from './sign-statement.ts'

const ours = generateKeyPairSync('ed25519')
const stranger = generateKeyPairSync('ed25519')
const trusted = [{ id: toKeyId(ours.publicKey), file: 'ours.pub.pem', key: ours.publicKey }]
const statement = '{"subject":"Zürich 😀"}'
const bundle = await signStatement(statement, ours.privateKey)
const check = (text: string) => checkSignature(text, trusted)

interface Bundle {
  mediaType: string
  verificationMaterial: { publicKey?: { hint: string }; certificate?: { rawBytes: string } }
  dsseEnvelope: {
    payload: string
    payloadType: string
    signatures: { sig: string; keyid: string }[]
  }
}

/** The bundle after an edit, written as ours are. */
function edit(change: (bundle: Bundle) => void): string {
  const copy = JSON.parse(bundle) as Bundle
  change(copy)
  return `${JSON.stringify(copy)}\n`
}

function toPreAuthEncoding(type: string, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload])
}

describe('a signature', () => {
  it('of a trusted key counts, and hands back what was signed to the byte', async () => {
    expect(await check(bundle)).toEqual({ signer: trusted[0], payload: statement, refusals: [] })
  })

  it('is the one that DSSE describes, so that others can check it', () => {
    const { dsseEnvelope, mediaType } = JSON.parse(bundle) as Bundle
    expect(mediaType).toBe('application/vnd.dev.sigstore.bundle.v0.3+json')
    const encoded = toPreAuthEncoding(dsseEnvelope.payloadType, Buffer.from(statement))
    expect(dsseEnvelope.signatures[0]?.sig).toBe(sign(null, encoded, ours.privateKey).toString('base64'))
  })

  it.each<[string, () => string | Promise<string>, RefusalKind]>([
    ['of a stranger', () => signStatement(statement, stranger.privateKey), 'stranger'],
    [
      'of a stranger who names our key',
      async () => {
        const theirs = JSON.parse(await signStatement(statement, stranger.privateKey)) as Bundle
        return edit((one) => {
          one.dsseEnvelope.signatures = theirs.dsseEnvelope.signatures.map(({ sig }) => ({
            sig,
            keyid: trusted[0]?.id ?? '',
          }))
        })
      },
      'signature-invalid',
    ],
    [
      'of another statement',
      () =>
        edit((one) => {
          one.dsseEnvelope.payload = Buffer.from('{}').toString('base64')
        }),
      'signature-invalid',
    ],
    [
      'with another type of payload',
      () =>
        edit((one) => {
          one.dsseEnvelope.payloadType = 'text/plain'
        }),
      'signature-invalid',
    ],
    [
      'of another type of payload',
      () =>
        edit((one) => {
          one.dsseEnvelope.payloadType = 'text/plain'
          const encoded = toPreAuthEncoding('text/plain', Buffer.from(statement))
          one.dsseEnvelope.signatures = [
            { sig: sign(null, encoded, ours.privateKey).toString('base64'), keyid: trusted[0]?.id ?? '' },
          ]
        }),
      'payload-type',
    ],
    [
      'that is missing',
      () =>
        edit((one) => {
          one.dsseEnvelope.signatures = []
        }),
      'bundle-invalid',
    ],
    [
      'that is empty',
      () =>
        edit((one) => {
          one.dsseEnvelope.signatures[0] = { sig: '', keyid: trusted[0]?.id ?? '' }
        }),
      'bundle-invalid',
    ],
    [
      'beside a second one',
      () =>
        edit((one) => {
          one.dsseEnvelope.signatures.push(...one.dsseEnvelope.signatures)
        }),
      'bundle-invalid',
    ],
    [
      'by a certificate',
      () =>
        edit((one) => {
          one.verificationMaterial = { certificate: { rawBytes: 'MAA=' } }
        }),
      'stranger',
    ],
    [
      'in a bundle of an older version',
      () =>
        edit((one) => {
          one.mediaType = 'application/vnd.dev.sigstore.bundle+json;version=0.2'
        }),
      'bundle-invalid',
    ],
    ['in an empty file', () => '', 'bundle-invalid'],
    ['in another JSON', () => '[]', 'bundle-invalid'],
  ])('%s is refused', async (_what, make, kind) => {
    const { signer, refusals } = await check(await make())
    expect(refusals).toEqual([
      { kind, message: expect.stringMatching(/\.$/), remedy: expect.stringMatching(/\.$/) },
    ])
    expect(signer).toBeNull()
  })

  it('is refused when any byte of its bundle was changed', async () => {
    const counted: number[] = []
    for (let at = 0; at < bundle.length; at++) {
      const byte = bundle[at] === 'A' ? 'B' : 'A'
      const { refusals } = await check(bundle.slice(0, at) + byte + bundle.slice(at + 1))
      if (refusals.length === 0) counted.push(at)
    }
    expect(counted).toEqual([])
    expect((await check(`${bundle} `)).refusals).toHaveLength(1)
  })
})
