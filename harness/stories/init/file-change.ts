import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A file that `init` would write. */
export interface FileChange {
  /** Relative to the root, with `/`. */
  readonly path: string
  /** What it is for, in a few words. */
  readonly purpose: string
  /** Its text now; null when it is new. */
  readonly before: string | null
  readonly after: string
}

/** Text of a file of the repository; null when there is none. */
export function readText(root: string, path: string): string | null {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null
}

/** Writes the files. */
export function writeChanges(root: string, changes: readonly FileChange[]): void {
  for (const { path, after } of changes) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), after)
  }
}

/** What would be written, for a person: a new file as a whole, of an existing one the lines that change. */
export function renderChanges(changes: readonly FileChange[]): string {
  return changes.map(renderChange).join('\n')
}

function renderChange({ path, purpose, before, after }: FileChange): string {
  const head = `  ${before === null ? 'new    ' : 'changed'}  ${path}: ${purpose}`
  if (before === null) return `${head}\n${mark('+', after.trimEnd().split('\n'))}\n`
  const [was, is] = [before.split('\n'), after.split('\n')]
  const start = is.findIndex((line, at) => line !== was[at])
  let end = 0
  while (end < Math.min(was.length, is.length) - start && was.at(-1 - end) === is.at(-1 - end)) end++
  const gone = was.slice(start, was.length - end)
  return [
    head,
    ...(gone.length > 0 ? [mark('-', gone)] : []),
    mark('+', is.slice(start, is.length - end)),
    '',
  ].join('\n')
}

function mark(sign: string, lines: readonly string[]): string {
  return lines.map((line) => `    ${sign} ${line}`.trimEnd()).join('\n')
}
