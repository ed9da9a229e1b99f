import type { Refusal, RefusalKind } from '../../model/statement.ts'
import type { TrustedKey } from './keys.ts'
import { payloadType } from './sign-statement.ts'

/** What a bundle says of its signature. */
export interface SignatureCheck {
  /** The key that signed; null where none that is trusted did. */
  readonly signer: TrustedKey | null
  /** Text that was signed, even where it is refused; null where there is none. */
  readonly payload: string | null
  readonly refusals: readonly Refusal[]
}

const signAgain = 'Sign the proof again: phaseproof sign <proof> --key <private key>.'
const prove = 'Prove the phase, then sign it: phaseproof sign <proof> --key <private key>.'

/** Checks that one of the trusted keys signed the statement that a bundle holds; reaches for no network. */
export async function checkSignature(text: string, trusted: readonly TrustedKey[]): Promise<SignatureCheck> {
  const sigstore = await import('@sigstore/bundle')
  let bundle: ReturnType<typeof sigstore.bundleFromJSON>
  try {
    bundle = sigstore.bundleFromJSON(JSON.parse(text))
    if (bundle.mediaType !== sigstore.BUNDLE_V03_MEDIA_TYPE) throw new TypeError('another version')
  } catch {
    return refuse(null, 'bundle-invalid', 'It is no Sigstore bundle v0.3.', signAgain)
  }
  if (!sigstore.isBundleWithDsseEnvelope(bundle))
    return refuse(
      null,
      'bundle-invalid',
      'It signs a digest; expected a statement in an envelope.',
      signAgain,
    )
  const { dsseEnvelope } = bundle.content
  const payload = dsseEnvelope.payload.toString('utf8')
  if (!sigstore.isBundleWithPublicKey(bundle))
    return refuse(
      payload,
      'stranger',
      'It was signed with a certificate, which no key can check.',
      'Check it with gh attestation verify or cosign, or sign with a key of your own.',
    )
  const [signature, ...others] = dsseEnvelope.signatures
  if (signature === undefined) return refuse(payload, 'unsigned', 'The bundle holds no signature.', prove)
  const { hint } = bundle.verificationMaterial.content.publicKey
  const isOurs = text === `${JSON.stringify(sigstore.bundleToJSON(bundle))}\n`
  if (others.length > 0 || signature.keyid !== hint || !isOurs)
    return refuse(payload, 'bundle-invalid', 'The bundle is not as phaseproof sign wrote it.', signAgain)
  const signer = trusted.find(({ id }) => id === hint)
  if (signer === undefined) {
    const known = trusted.map(({ id, file }) => `${id.slice(0, 16)} (${file})`).join(', ')
    const message = `Signed by the key ${hint.slice(0, 16)}; trusted are ${known}.`
    return refuse(payload, 'stranger', message, 'Give the public key of whoever may sign, with --key.')
  }
  if (!(await isSignedBy(signer, bundle)))
    return refuse(
      payload,
      'signature-invalid',
      `The signature of ${signer.file} does not fit: statement or signature were changed.`,
      prove,
    )
  if (dsseEnvelope.payloadType !== payloadType)
    return refuse(
      payload,
      'payload-type',
      `What was signed calls itself ${dsseEnvelope.payloadType}; expected ${payloadType}.`,
      prove,
    )
  return { signer, payload, refusals: [] }
}

type Bundle = Parameters<typeof import('@sigstore/verify')['toSignedEntity']>[0]

async function isSignedBy({ key }: TrustedKey, bundle: Bundle): Promise<boolean> {
  const { toSignedEntity, Verifier } = await import('@sigstore/verify')
  const material = {
    certificateAuthorities: [],
    timestampAuthorities: [],
    tlogs: [],
    ctlogs: [],
    publicKey: () => ({ publicKey: key, validFor: () => true }),
  }
  // A key of one's own has no certificate, no log and no clock that others vouch for.
  const verifier = new Verifier(material, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 })
  try {
    verifier.verify(toSignedEntity(bundle))
    return true
  } catch {
    return false
  }
}

function refuse(payload: string | null, kind: RefusalKind, message: string, remedy: string): SignatureCheck {
  return { signer: null, payload, refusals: [{ kind, message, remedy }] }
}
