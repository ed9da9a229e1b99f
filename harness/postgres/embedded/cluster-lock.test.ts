import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readOwnIdentity } from '../../ground/process-identity.ts'
import { acquireLock } from './cluster-lock.ts'

let folder: string
let lockPath: string
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'lock-'))
  lockPath = path.join(folder, 'cluster.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const dead = JSON.stringify({ ...readOwnIdentity(), started: 'before', nonce: '0' })
const elsewhere = JSON.stringify({ ...readOwnIdentity(), host: 'elsewhere', nonce: '0' })

it('is had by one at a time, also within a process', () => {
  const held = acquireLock(lockPath)
  expect(held).toBeDefined()
  expect(acquireLock(lockPath)).toBeUndefined()
  held?.release()
  held?.release()
  const again = acquireLock(lockPath)
  expect(again).toBeDefined()
  again?.release()
  expect(readdirSync(folder)).toHaveLength(1)
})

it('is taken over from a process that is gone', () => {
  writeFileSync(`${lockPath}.7`, dead)
  const held = acquireLock(lockPath)
  expect(held).toBeDefined()
  expect(readdirSync(folder)).toEqual(['cluster.lock.8'])
  held?.release()
})

it('is left to a process of another host while its heartbeat goes on, and no longer', () => {
  writeFileSync(`${lockPath}.1`, elsewhere)
  expect(acquireLock(lockPath)).toBeUndefined()
  const past = new Date(Date.now() - 120_000)
  utimesSync(`${lockPath}.1`, past, past)
  const held = acquireLock(lockPath)
  expect(held).toBeDefined()
  held?.release()
})

it('is not stuck after a file that was never finished', () => {
  writeFileSync(`${lockPath}.1`, '')
  expect(acquireLock(lockPath)).toBeUndefined()
  const past = new Date(Date.now() - 10_000)
  utimesSync(`${lockPath}.1`, past, past)
  expect(acquireLock(lockPath)).toBeDefined()
})

it('does not give up what another has taken over', () => {
  const held = acquireLock(lockPath)
  rmSync(`${lockPath}.1`)
  writeFileSync(`${lockPath}.2`, elsewhere)
  held?.release()
  expect(acquireLock(lockPath)).toBeUndefined()
})

it('goes to exactly one of several processes that take over a dead lock at once', {
  timeout: 60_000,
}, async () => {
  writeFileSync(`${lockPath}.3`, dead)
  const script = fileURLToPath(new URL('../../testing/hold-lock.ts', import.meta.url))
  const children = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--import', 'tsx', script, lockPath], { stdio: ['pipe', 'pipe', 'inherit'] }),
  )
  try {
    await Promise.all(children.map(nextLine))
    const answers = children.map(nextLine)
    for (const child of children) child.stdin.write('go\n')
    expect((await Promise.all(answers)).sort()).toEqual(['busy', 'busy', 'busy', 'busy', 'busy', 'held'])
  } finally {
    for (const child of children) child.kill('SIGKILL')
    await Promise.all(children.map((child) => child.exitCode === null && once(child, 'exit')))
  }
  expect(acquireLock(lockPath), 'after kill -9 of the holder').toBeDefined()
})

async function nextLine(child: ChildProcessByStdio<Writable, Readable, null>): Promise<string> {
  const [text] = await once(child.stdout, 'data')
  return String(text).trim()
}
