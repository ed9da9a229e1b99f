import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** What a file is, without its content. */
export interface FileDigest {
  readonly sizeBytes: number
  /** Hex. */
  readonly sha256: string
}

/** Size and SHA-256 of a file, streamed, so a file of any size costs the same little memory. */
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
