import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const rooms = ['model', 'postgres', 'snapshot', 'replay', 'inspect', 'stories']
let digest: string | undefined

/**
 * SHA-256 over the harness's own sources that produce evidence, hex. A version number alone would let a checkpoint made by
 * older code of the same version pass for a new one.
 */
export function harnessDigest(): string {
  if (digest !== undefined) return digest
  const hash = createHash('sha256')
  for (const room of rooms) {
    const folder = fileURLToPath(new URL(`../${room}/`, import.meta.url))
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    for (const file of files.filter((name) => /(?<!\.test)\.(ts|sql|sh)$/.test(name)).sort()) {
      hash
        .update(`${room}/${file}\0`)
        .update(readFileSync(`${folder}${file}`))
        .update('\0')
    }
  }
  digest = hash.digest('hex')
  return digest
}
