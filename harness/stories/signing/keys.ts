import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { toSha256OfBytes } from '../../ground/file-digest.ts'
import { toMessage } from '../../ground/to-message.ts'
import { HarnessError } from '../../model/error.ts'

/** A public key that signatures are trusted of. */
export interface TrustedKey {
  /** SHA-256 of the key as SubjectPublicKeyInfo, hex. */
  readonly id: string
  /** Where it was read from, for people. */
  readonly file: string
  readonly key: KeyObject
}

/** SHA-256 of a public key as SubjectPublicKeyInfo, hex: the hint that a signature carries. */
export function toKeyId(key: KeyObject): string {
  return toSha256OfBytes(key.export({ type: 'spki', format: 'der' }))
}

/**
 * Writes a new ed25519 key pair: `<base>.pem`, which only its owner may read, and `<base>.pub.pem`. Both files must be new.
 * @throws usage when one of them is there
 */
export function writeKeyPair(base: string): { readonly id: string; readonly files: readonly string[] } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const files = [`${base}.pem`, `${base}.pub.pem`] as const
  mkdirSync(dirname(base), { recursive: true })
  writeNew(files[0], privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600)
  try {
    writeNew(files[1], publicKey.export({ type: 'spki', format: 'pem' }).toString(), 0o644)
  } catch (error) {
    // Half of a pair is worth nothing, and would be in the way of the next one.
    rmSync(files[0])
    throw error
  }
  return { id: toKeyId(publicKey), files }
}

function writeNew(file: string, text: string, mode: number): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    throw usage(`${file} is there already; no key was written.`, 'Name another file with --out.', cause)
  }
}

/**
 * Reads the private key that signs, from a file that nobody else may read.
 * @throws usage when it cannot be read, is no ed25519 key, or others may read it
 */
export function readPrivateKey(file: string): KeyObject {
  const text = readKeyFile(file)
  const isShared = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
  if (isShared) throw usage(`Others may read the private key ${file}.`, `Run: chmod 600 ${file}`)
  return parsePrivateKey(text, file)
}

/**
 * Parses a private key in PEM.
 * @param source where it comes from, for messages
 * @throws usage when it is no ed25519 key
 */
export function parsePrivateKey(pem: string, source: string): KeyObject {
  return parseKey(createPrivateKey, pem, `the private key of ${source}`)
}

/**
 * Reads public keys that signatures are trusted of.
 * @throws usage when one cannot be read or is no ed25519 key
 */
export function readTrustedKeys(files: readonly string[]): readonly TrustedKey[] {
  return files.map((file) => {
    const pem = readKeyFile(file)
    // Node takes the public half out of a private key without a word; where a public key is meant, a private one has no place.
    if (pem.includes('PRIVATE KEY'))
      throw usage(
        `${file} is a private key.`,
        'Give the public one, <name>.pub.pem; keep the other to yourself.',
      )
    const key = parseKey(createPublicKey, pem, `the public key of ${file}`)
    return { id: toKeyId(key), file, key }
  })
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const remedy = 'Name a file in PEM, as phaseproof keygen writes it.'
    throw usage(
      `Reading the key ${file}: ${(cause as NodeJS.ErrnoException).code ?? 'it failed'}.`,
      remedy,
      cause,
    )
  }
}

function parseKey(parse: (pem: string) => KeyObject, pem: string, what: string): KeyObject {
  const remedy = 'Take an ed25519 key in PEM, as phaseproof keygen writes it.'
  let key: KeyObject
  try {
    key = parse(pem)
  } catch (cause) {
    throw usage(
      `Reading ${what}: it is no key in PEM without a passphrase (${toMessage(cause)}).`,
      remedy,
      cause,
    )
  }
  if (key.asymmetricKeyType === 'ed25519') return key
  throw usage(`Reading ${what}: it is ${key.asymmetricKeyType}, not ed25519.`, remedy)
}

function usage(message: string, remedy: string, cause?: unknown): HarnessError<'usage'> {
  return new HarnessError('usage', message, remedy, { faults: [message] }, { cause })
}
