import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { HarnessError } from '../model/error.ts'
import { toSystemFailure } from './system-failure.ts'

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'phaseproof-failure-'))
afterAll(() => rmSync(folder, { recursive: true }))

const coded = (code: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { code, ...more })

describe('toSystemFailure', () => {
  it.each([
    ['a write to a full disk', coded('ENOSPC', 'ENOSPC: no space left on device, write'), 'space'],
    ['a full disk of Postgres', coded('53100', 'could not extend file "base/1/2"'), 'space'],
    [
      'a program that tells it in words',
      new Error('initdb: error: could not write: No space left on device'),
      'space',
    ],
    ['a folder of others', coded('EACCES', `EACCES: permission denied, mkdir '${folder}/x'`), 'rights'],
    ['a read-only disk', coded('EROFS', `EROFS: read-only file system, open '${folder}/x'`), 'rights'],
    ['too many open files', coded('EMFILE', 'EMFILE: too many open files'), 'open-files'],
    ['too many connections', coded('53300', 'sorry, too many clients already'), 'connections'],
    ['no memory for Postgres', coded('53200', 'out of memory'), 'memory'],
    [
      'a worker without memory',
      coded('ERR_WORKER_OUT_OF_MEMORY', 'Worker terminated due to reaching memory limit'),
      'memory',
    ],
    [
      'a cause far down',
      new Error('outer', { cause: new AggregateError([new Error('x'), coded('ENOSPC', 'full')]) }),
      'space',
    ],
  ])('knows %s', (_, error, lack) => {
    const failure = toSystemFailure(error)
    expect(failure).toMatchObject({ code: 'system-failed', context: { lack } })
    expect(`${failure?.message}${failure?.remedy}`).not.toContain('\n')
  })

  it.each([
    ['a fault of ours', new TypeError('x is not a function')],
    ['a right that Postgres denies', coded('42501', 'permission denied for table users')],
    ['a checkpoint that fails while there is room', new Error('checkpoint request failed')],
    ['nothing', undefined],
  ])('says nothing of %s', (_, error) => {
    expect(toSystemFailure(error, [])).toBeNull()
  })

  it('names the folder, its owner and who we are when writing is refused', () => {
    const failure = toSystemFailure(
      coded('EACCES', 'EACCES: permission denied', { path: join(folder, 'a', 'b') }),
    )
    expect(failure?.message).toContain(`The folder ${folder} belongs to `)
    expect(failure?.remedy).toContain(`Make ${folder} writable`)
  })

  it('hides passwords in what was attempted', () => {
    const failure = toSystemFailure(coded('53300', 'too many clients at postgres://app:s3cret@db/x'))
    expect(failure?.message).toContain('app:***@db')
  })

  it('returns a failure that was told already', () => {
    const told = new HarnessError('system-failed', 'a', 'b', {
      lack: 'connections',
      attempted: 'a',
      folder: null,
    })
    expect(toSystemFailure(new Error('outer', { cause: told }))).toBe(told)
  })
})
