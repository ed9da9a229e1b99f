import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { endingSignals } from './signals.ts'

const module = JSON.stringify(pathToFileURL(join(import.meta.dirname, 'signals.ts')).href)

/** Runs a script that says `ready`, sends it signals, and tells what it said and how it ended. */
async function runSignalled(script: string, signals: readonly NodeJS.Signals[]) {
  const code = `import * as signals from ${module}; setTimeout(() => process.exit(9), 20_000); ${script}`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    // One at a time: what follows must meet a process that has dealt with the one before.
    const next = signals[said.split('\n').length - 2]
    if (next !== undefined) child.kill(next)
  })
  const [code_, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return { said: said.trim().split('\n'), end: code_ ?? signal }
}

describe.each(endingSignals)('%s', (signal) => {
  it('ends a wait', async () => {
    const script = `
      const waiting = signals.untilAskedToEnd()
      console.log('ready')
      console.log(await waiting)
      process.exit(0)`
    expect(await runSignalled(script, [signal])).toEqual({ said: ['ready', signal], end: 0 })
  })

  it('aborts work that tidies up after itself', async () => {
    const script = `
      const abort = signals.abortWhenAskedToEnd()
      abort.addEventListener('abort', () => { console.log('tidied'); process.exit(3) })
      console.log('ready')`
    expect(await runSignalled(script, [signal])).toEqual({ said: ['ready', 'tidied'], end: 3 })
  })

  it('cleans up, and ends a process that nobody else keeps', async () => {
    const script = `
      signals.cleanUpAtEnd(() => console.log('cleaned'))
      console.log('ready')`
    expect(await runSignalled(script, [signal])).toEqual({ said: ['ready', 'cleaned'], end: signal })
  })
})

it('aborts once, with a reason, and ignores later signals', async () => {
  const script = `
    const abort = signals.takeOverSignals((name) => new Error('asked by ' + name))
    abort.addEventListener('abort', () => {
      console.log(abort.reason.message)
      setTimeout(() => process.exit(3), 300)
    })
    console.log('ready')`
  const run = await runSignalled(script, ['SIGINT', 'SIGINT'])
  expect(run).toEqual({ said: ['ready', 'asked by SIGINT'], end: 3 })
})
