import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { redact } from '../ground/redact.ts'
import { acceptsEscapes } from '../ground/terminal.ts'

/** A stream that is not ended by whoever writes to it. */
interface ShownStream extends Writable {
  /** Passes on what does not end with its line. */
  flush(): void
}

/**
 * A stream for what Vitest prints, the output of tests and servers included: without secrets, and without escape sequences where the
 * terminal is none or wants none. Lines are passed on whole, except on a terminal that draws.
 */
export function openShownStream(target: NodeJS.WriteStream, env: NodeJS.ProcessEnv): ShownStream {
  const draws = acceptsEscapes(target, env)
  // Taken now: what draws on the terminal puts a `write` of its own in its place, which comes back to us.
  const pass = target.write.bind(target)
  const show = (text: string) => pass(redact(draws ? text : stripVTControlCharacters(text)))
  let rest = ''
  const write = (chunk: unknown) => {
    const text = rest + String(chunk)
    const end = draws ? text.length : text.lastIndexOf('\n') + 1
    rest = text.slice(end)
    if (end > 0) show(text.slice(0, end))
    return true
  }
  const flush = () => {
    if (rest !== '') show(rest)
    rest = ''
  }
  // Its own queue would hold lines back that are written just before the process ends.
  const stream = Object.assign(new Writable(), { write, flush })
  return draws ? Object.assign(stream, { isTTY: true, columns: target.columns, rows: target.rows }) : stream
}
