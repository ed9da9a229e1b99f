import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'

const chunk = Buffer.allocUnsafe(2 ** 20)

/** SHA-256 of a file's bytes, hex, read in pieces: what lies in a project may be larger than memory. */
export function digestFile(file: string): string {
  const hash = createHash('sha256')
  const handle = openSync(file, 'r')
  try {
    for (let size = readSync(handle, chunk); size > 0; size = readSync(handle, chunk)) {
      hash.update(chunk.subarray(0, size))
    }
  } finally {
    closeSync(handle)
  }
  return hash.digest('hex')
}
