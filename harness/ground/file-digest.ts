import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** Size and hash of a file. */
export interface FileDigest {
  readonly sizeBytes: number
  /** Hex. */
  readonly sha256: string
}

/** Reads size and SHA-256 of a file as a stream, so memory does not depend on its size. */
export async function readFileDigest(path: string): Promise<FileDigest> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
    hash.update(chunk as Buffer)
    sizeBytes += (chunk as Buffer).length
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}

/** SHA-256 of a text's UTF-8 bytes, hex. */
export function toSha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** SHA-256 of bytes, hex. */
export function toSha256OfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
