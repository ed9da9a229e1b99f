import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { openShownStream } from './shown-stream.ts'

function openTerminal() {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 90, rows: 30 })
  return { stream: stream as unknown as NodeJS.WriteStream, shown: () => String(stream.read() ?? '') }
}

it.each([
  ['NO_COLOR is set', { NO_COLOR: '1', TERM: 'xterm' }],
  ['the terminal is dumb', { TERM: 'dumb' }],
])('passes no escape sequence on when %s', (_, env) => {
  const { stream, shown } = openTerminal()
  const output = openShownStream(stream, env)
  output.write('\u001B[?25l\u001B[32mgreen\u001B[39m\r\u001B[2K\n')
  expect(shown()).toBe('green\r\n')
  expect('isTTY' in output).toBe(false)
})

it('passes colours on to a terminal, and its width', () => {
  const { stream, shown } = openTerminal()
  const output = openShownStream(stream, { TERM: 'xterm' })
  output.write('\u001B[32mgreen\u001B[39m')
  expect(shown()).toBe('\u001B[32mgreen\u001B[39m')
  expect(output).toMatchObject({ isTTY: true, columns: 90 })
})

it('hides a password that comes in pieces, and keeps nothing back at the end', () => {
  const { stream, shown } = openTerminal()
  const output = openShownStream(stream, { NO_COLOR: '1' })
  output.write('at postgres://app:s3c')
  output.write('ret@db/x\nmysql://u:pw@')
  output.write('h')
  output.flush()
  expect(shown()).toBe('at postgres://app:***@db/x\nmysql://u:***@h')
})
