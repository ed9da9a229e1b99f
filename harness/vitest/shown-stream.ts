import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { redact } from '../ground/redact.ts'
import { acceptsEscapes } from '../ground/terminal.ts'

/**
 * A stream for what Vitest prints, the output of tests and servers included: without secrets, and without escape sequences where the
 * terminal is none or wants none. Lines are passed on whole, except on a terminal that draws.
 */
export function openShownStream(target: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Writable {
  const draws = acceptsEscapes(target, env)
  let rest = ''
  // Taken now: what draws on the terminal puts a `write` of its own in its place, which comes back to us.
  const write = target.write.bind(target)
  const show = (text: string) => write(redact(draws ? text : stripVTControlCharacters(text)))
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      const text = rest + String(chunk)
      const end = draws ? text.length : text.lastIndexOf('\n') + 1
      rest = text.slice(end)
      if (end > 0) show(text.slice(0, end))
      done()
    },
    final(done) {
      if (rest !== '') show(rest)
      rest = ''
      done()
    },
  })
  return draws ? Object.assign(stream, { isTTY: true, columns: target.columns, rows: target.rows }) : stream
}
