import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { toKeyId } from './keys.ts'

/** What the payload of a signed statement is called. */
export const payloadType = 'application/vnd.in-toto+json'

/** Signs a statement: its text in a DSSE envelope in a Sigstore bundle v0.3, as text. Reaches for no network. */
export async function signStatement(statement: string, privateKey: KeyObject): Promise<string> {
  const { DSSEBundleBuilder } = await import('@sigstore/sign')
  const { bundleToJSON } = await import('@sigstore/bundle')
  const publicKey = createPublicKey(privateKey)
  const key = {
    $case: 'publicKey' as const,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    hint: toKeyId(publicKey),
  }
  const signer = { sign: async (data: Buffer) => ({ signature: sign(null, data, privateKey), key }) }
  const builder = new DSSEBundleBuilder({ signer, witnesses: [] })
  const bundle = await builder.create({ data: Buffer.from(statement, 'utf8'), type: payloadType })
  return `${JSON.stringify(bundleToJSON(bundle))}\n`
}
