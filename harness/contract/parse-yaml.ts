import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'

const unusedMs = 7 * 24 * 60 * 60 * 1000

/**
 * Parses YAML, or finds what the same text was parsed to before: a document of 200 operations takes a quarter of a second.
 * @param folder where parsed texts are kept; null: nowhere
 * @throws YAMLParseError
 */
export function parseYaml(text: string, folder: string | null): unknown {
  if (folder === null) return parse(text)
  const file = join(folder, `${toKey(text)}.json`)
  const known = readKnown(file)
  if (known !== undefined) return known
  const parsed: unknown = parse(text)
  const json = JSON.stringify(parsed)
  // What JSON cannot hold, such as .inf, must be parsed each time.
  if (json !== undefined && isDeepStrictEqual(JSON.parse(json), parsed)) keep(file, json)
  return parsed
}

function toKey(text: string): string {
  const { version } = createRequire(import.meta.url)('yaml/package.json') as { version: string }
  return createHash('sha256').update(`${version}\0${text}`).digest('hex')
}

/** The value under its own digest; undefined where the file is missing, cut short or changed. */
function readKnown(file: string): unknown {
  try {
    const [seal, json = ''] = readFileSync(file, 'utf8').split('\n')
    return seal === toSeal(json) ? JSON.parse(json) : undefined
  } catch {
    return undefined
  }
}

/** Where nothing can be written, the text is parsed each time. */
function keep(file: string, json: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const beside = `${file}.${process.pid}.new`
    writeFileSync(beside, `${toSeal(json)}\n${json}`)
    renameSync(beside, file)
    sweep(dirname(file))
  } catch {
    // The next run parses it again.
  }
}

function sweep(folder: string): void {
  for (const file of readdirSync(folder).map((name) => join(folder, name))) {
    if (Date.now() - statSync(file).mtimeMs > unusedMs) rmSync(file, { force: true })
  }
}

function toSeal(json: string): string {
  return createHash('sha256').update(json).digest('hex')
}
