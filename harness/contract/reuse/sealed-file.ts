import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Reads JSON that was written with a seal over it; null where the file is missing, cut short or changed. */
export function readSealed(file: string): unknown {
  try {
    const [seals, text = '', end] = readFileSync(file, 'utf8').split('\n')
    return end === '' && seals === seal(text) ? JSON.parse(text) : null
  } catch {
    return null
  }
}

/** Writes a value as JSON with a seal over it, beside the file and then in its place: a reader finds it whole or as it was. */
export function writeSealed(file: string, value: unknown): void {
  const text = JSON.stringify(value)
  const beside = `${file}.${process.pid}.new`
  writeFileSync(beside, `${seal(text)}\n${text}\n`)
  renameSync(beside, file)
}

function seal(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
