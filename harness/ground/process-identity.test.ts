import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { readLiveness, readOwnIdentity, readProcessName, readProcessStart } from './process-identity.ts'

it('this process is alive', () => {
  expect(readLiveness(readOwnIdentity())).toBe('alive')
})

it('a process that was given the number of another is not taken for it', () => {
  expect(readLiveness({ ...readOwnIdentity(), started: 'before' })).toBe('gone')
})

it('a process of another host cannot be judged', () => {
  expect(readLiveness({ ...readOwnIdentity(), host: 'elsewhere' })).toBe('elsewhere')
})

it('a process that has ended is gone', async () => {
  const child = spawn('sleep', ['60'])
  const pid = child.pid ?? 0
  const identity = { ...readOwnIdentity(), pid, started: readProcessStart(pid) ?? '' }
  expect(readLiveness(identity)).toBe('alive')
  expect(readProcessName(pid)).toContain('sleep')
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(readLiveness(identity)).toBe('gone')
})

it.each([0, -1, Number.NaN, 1.5])('%d is no process', (pid) => {
  expect(readProcessStart(pid)).toBeUndefined()
})
